import { Button } from 'antd';
import { useRouteError } from 'react-router';
import { OfflineError } from '@/api/client';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { t } from '@/locales';

const reload = () => window.location.reload();
/** How browsers say that a screen's script did not arrive. */
const NOT_LOADED = /dynamically imported module|module script failed|preload CSS/i;

/** A screen that did not arrive, or a programming fault in one: the rest of the house stays reachable. */
export function Crashed() {
  const fault = useRouteError();
  if (!navigator.onLine || (fault instanceof Error && NOT_LOADED.test(fault.message))) {
    return <ErrorState failure={new OfflineError()} retry={reload} />;
  }
  return (
    <EmptyState title={t('common.crashed')} hint={t('common.crashed_hint')}>
      <Button type="primary" onClick={reload}>
        {t('common.reload')}
      </Button>
      <Button href="/today">{t('common.to_today')}</Button>
    </EmptyState>
  );
}
