import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';

export function ImportPage() {
  return <TopBar title={t('exchange.title')} />;
}
