import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { LogForm } from './LogForm';
import { startOf } from './log-start';

/** The log form as a page of its own, for the phone. */
export function LogPage() {
  const id = Number(useParams().id);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const first = useLocation().key === 'default';
  const close = () => {
    // Opened by its address there is nothing of ours to go back to.
    if (!first) navigate(-1);
    else navigate(`/customers/${id}`);
  };
  return <LogForm key={id} start={startOf(id, params)} close={close} />;
}
