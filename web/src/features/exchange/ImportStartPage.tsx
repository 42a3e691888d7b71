import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';

export function ImportStartPage() {
  return <TopBar title={t('exchange.title')} />;
}
