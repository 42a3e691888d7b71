import { useState } from 'react';
import { Link } from 'react-router';
import { type DealRow, useCustomerDeals } from '@/api/deals';
import type { Id } from '@/api/types';
import { DealForm } from '@/components/deals/DealForm';
import { wordOf } from '@/components/deals/words';
import { formatMoney } from '@/lib/money';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import './customer-deals.css';

const FEW = 3;

/** 商机 of a customer: open ones first, what each is worth and by when. */
export function CustomerDeals({ customerId }: { customerId: Id }) {
  const { data } = useCustomerDeals(customerId);
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  if (!data || (!data.can.open && !data.items.length)) return null;
  const standing = (row: DealRow) =>
    row.state === 'open'
      ? wordOf(data.options.deal_stage, row.stage)
      : t(row.state === 'won' ? 'deals.state_won' : 'deals.state_lost');
  const shown = all ? data.items : data.items.slice(0, FEW);
  return (
    <section className="side-part" id="deals">
      <header>
        <h2>{t('deals.title')}</h2>
        {data.can.open ? (
          <button type="button" className="act" onClick={() => setAdding(true)}>
            {t('deals.new')}
          </button>
        ) : null}
      </header>
      {data.items.length ? null : <p className="second">{t('deals.none_here')}</p>}
      <ul>
        {shown.map((row) => (
          <li key={row.id}>
            <Link className="side-deal" to={`/deals/${row.id}`}>
              <span className="side-deal-line">
                <b className="cut">{row.title}</b>
                <span>{formatMoney(row.amount, row.currency)}</span>
              </span>
              <span className={row.late ? 'verm' : 'meta'}>
                {[standing(row), row.state === 'open' ? formatDay(row.expected_close) : '']
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {data.items.length > shown.length ? (
        <button type="button" className="act" onClick={() => setAll(true)}>
          {t('deals.all_here', { n: data.items.length })}
        </button>
      ) : null}
      {adding ? (
        <DealForm customer={customerId} currency={data.currency} close={() => setAdding(false)} />
      ) : null}
    </section>
  );
}
