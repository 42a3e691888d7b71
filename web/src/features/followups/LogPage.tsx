import { useParams } from 'react-router';
import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';
import { LogForm } from './LogForm';

/** The log form as a page of its own, for the phone. */
export function LogPage() {
  const id = Number(useParams().id);
  return (
    <>
      <TopBar title={t('followups.title')} />
      <LogForm customerId={id} />
    </>
  );
}
