import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';

export function AgendaPage() {
  return <TopBar title={t('desk.agenda_title')} />;
}
