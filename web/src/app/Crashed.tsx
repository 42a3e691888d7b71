import { Button } from 'antd';
import { EmptyState } from '@/components/EmptyState';
import { t } from '@/locales';

/** A programming fault in a screen: the rest of the house stays reachable. */
export function Crashed() {
  return (
    <EmptyState title={t('common.crashed')} hint={t('common.crashed_hint')}>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('common.reload')}
      </Button>
      <Button href="/today">{t('common.to_today')}</Button>
    </EmptyState>
  );
}
