import { NavLink } from 'react-router';
import { useCan } from '@/app/session';
import { t } from '@/locales';
import './customer-tabs.css';

/** 我的客户 · 公海: the two places where customers lie. */
export function CustomerTabs() {
  const claims = useCan('pool.claim');
  if (!claims) return null;
  return (
    <nav className="customer-tabs" aria-label={t('customers.title')}>
      <NavLink to="/customers">{t('customers.tab_list')}</NavLink>
      <NavLink to="/pool">{t('customers.tab_pool')}</NavLink>
    </nav>
  );
}
