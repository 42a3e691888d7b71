import { t } from '@/locales';

export function SetupPage() {
  return <h1 className="page-title">{t('people.login_title')}</h1>;
}
