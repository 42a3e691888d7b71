import { t } from '@/locales';

export function LoginPage() {
  return <h1 className="page-title">{t('people.login_title')}</h1>;
}
