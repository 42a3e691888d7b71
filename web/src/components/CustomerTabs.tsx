import { NavLink, useLocation } from 'react-router';
import { useHandoversWaiting } from '@/api/handovers';
import { useCan } from '@/app/session';
import { t } from '@/locales';
import './customer-tabs.css';

/** 我的客户 · 公海 · 交接: where customers lie, and where they go over to somebody else. */
export function CustomerTabs() {
  const claims = useCan('pool.claim');
  const hands = useCan('handover.confirm');
  // The list opens with as few calls as it can; what waits is an item of the agenda as well.
  const opening = useLocation().pathname.startsWith('/customers');
  const waiting = useHandoversWaiting(hands && !opening).data ?? 0;
  const signs = useCan('contract.sign');
  if (!claims && !hands && !signs) return null;
  return (
    <nav className="customer-tabs" aria-label={t('customers.title')}>
      <NavLink to="/customers">{t('customers.tab_list')}</NavLink>
      {claims ? <NavLink to="/pool">{t('customers.tab_pool')}</NavLink> : null}
      {hands ? (
        <NavLink to="/handovers">
          {t('customers.tab_handovers')}
          {waiting ? <span className="customer-tabs-number">{waiting}</span> : null}
        </NavLink>
      ) : null}
      {signs ? <NavLink to="/contracts">{t('customers.tab_contracts')}</NavLink> : null}
    </nav>
  );
}
