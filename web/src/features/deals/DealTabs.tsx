import { NavLink } from 'react-router';
import { t } from '@/locales';
import '@/components/customer-tabs.css';

/** 商机 · 产品和价目. */
export function DealTabs() {
  return (
    <nav className="customer-tabs" aria-label={t('deals.title')}>
      <NavLink to="/deals" end>
        {t('deals.title')}
      </NavLink>
      <NavLink to="/products">{t('deals.products')}</NavLink>
    </nav>
  );
}
