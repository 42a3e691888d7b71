import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';

export function MePage() {
  return <TopBar title={t('people.me_title')} />;
}
