import { t } from '@/locales';

export function InvitePage() {
  return <h1 className="page-title">{t('people.login_title')}</h1>;
}
