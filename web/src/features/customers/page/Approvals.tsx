import { useState } from 'react';
import { Link } from 'react-router';
import { useRequestsOf } from '@/api/approval-requests';
import type { Id } from '@/api/types';
import { AskForm } from '@/components/approvals/AskForm';
import { figuresOf } from '@/components/approvals/ChainView';
import { formatWhen } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { t } from '@/locales';
import '@/components/ownership/ownership.css';

const SHOWN = 5;

/** 审批: what was asked about this customer and how it stands; ask for a price, terms, a contract. */
export function Approvals({ customerId }: { customerId: Id }) {
  const { data } = useRequestsOf('customer', customerId);
  const [asking, setAsking] = useState(false);
  const panel = useAimed('#approvals', data !== undefined);
  if (!data || (!data.purposes.length && !data.items.length)) return null;
  return (
    <section className="side-part" id="approvals" ref={panel}>
      <header>
        <h2>{t('approvals.title')}</h2>
        {data.purposes.length ? (
          <button type="button" className="act" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('approvals.ask')}
          </button>
        ) : null}
      </header>
      {asking ? (
        <AskForm customerId={customerId} purposes={data.purposes} done={() => setAsking(false)} />
      ) : null}
      {!asking && !data.items.length ? <p className="second">{t('approvals.never')}</p> : null}
      <ul>
        {data.items.slice(0, SHOWN).map((one) => {
          const waits = one.steps
            .filter((step) => step.state === 'open')
            .flatMap((step) => step.member ?? []);
          return (
            <li key={one.id} className="own-help">
              <Link to={`/reviews?which=requests&id=${one.id}`}>
                {[one.title, ...figuresOf(one.request).map(([, figure]) => figure)].join(' · ')}
              </Link>
              <p className={one.state === 'refused' || one.state === 'lapsed' ? 'verm' : 'meta'}>
                {waits.length
                  ? t('approvals.waits_for', { names: waits.map((each) => each.name).join('、') })
                  : t(`approvals.state_${one.state}`)}
                {' · '}
                {formatWhen(one.decided_at ?? one.asked_at)}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
