import { useLocation, useNavigate } from 'react-router';
import { usePhone } from '@/lib/media';

export interface LogTarget {
  customerId: number;
  /** The to-do that this record closes. */
  agendaId?: number | null;
  /** Prefilled from a meeting or call that just ended. */
  contactAt?: string | null;
  channel?: string | null;
}

export function logQuery(target: LogTarget): string {
  const params = new URLSearchParams();
  if (target.agendaId) params.set('agenda', String(target.agendaId));
  if (target.contactAt) params.set('at', target.contactAt);
  if (target.channel) params.set('channel', target.channel);
  return params.toString();
}

/** Opens the log form: a drawer over the present screen (`?log=`), on the phone a page of its own. */
export function useOpenLog(): (target: LogTarget) => void {
  const navigate = useNavigate();
  const location = useLocation();
  const phone = usePhone();
  return (target) => {
    const query = logQuery(target);
    if (phone) {
      navigate(`/customers/${target.customerId}/log${query ? `?${query}` : ''}`);
      return;
    }
    const params = new URLSearchParams(location.search);
    for (const key of ['agenda', 'at', 'channel']) params.delete(key);
    params.set('log', String(target.customerId));
    for (const [key, value] of new URLSearchParams(query)) params.set(key, value);
    navigate(`${location.pathname}?${params}`);
  };
}

/** Closes the drawer and leaves the rest of the address as it is. */
export function useCloseLog(): () => void {
  const navigate = useNavigate();
  const location = useLocation();
  return () => {
    const params = new URLSearchParams(location.search);
    for (const key of ['log', 'agenda', 'at', 'channel']) params.delete(key);
    const tail = params.toString();
    navigate(`${location.pathname}${tail ? `?${tail}` : ''}`, { replace: true });
  };
}
