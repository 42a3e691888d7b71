import { CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useRequestsOf } from '@/api/approval-requests';
import type { Id, Words } from '@/api/types';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { AskForm } from './AskForm';
import './chain.css';

/** A gate waits for a yes: how its request stands, or the way to ask for it in place. */
export function GateRequest({ customerId, purpose, what }: { customerId: Id; purpose: string; what: Words }) {
  const { data } = useRequestsOf('customer', customerId);
  const [asking, setAsking] = useState(false);
  const last = data?.items.find((one) => one.purpose === purpose && one.state !== 'withdrawn');
  const may = data?.purposes.filter((one) => one.key === purpose) ?? [];
  const waits =
    last?.steps.filter((step) => step.state === 'open').flatMap((step) => step.member ?? []) ?? [];
  const open = last?.state === 'open';
  return (
    <div className="gate-ask">
      <p>
        <CircleDashed size={14} strokeWidth={1.8} aria-hidden="true" />
        <span>{words(what)}</span>
        {!open && may.length ? (
          <button type="button" className="act" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t(last ? 'approvals.ask_anew' : 'approvals.ask')}
          </button>
        ) : null}
      </p>
      {last ? (
        <Link className={open ? 'meta' : 'verm'} to={`/reviews?which=requests&id=${last.id}`}>
          {waits.length
            ? t('approvals.waits_for', { names: waits.map((each) => each.name).join('、') })
            : t(`approvals.state_${last.state}`)}
        </Link>
      ) : null}
      {data && !last && !may.length ? <span className="meta">{t('approvals.cannot_ask')}</span> : null}
      {asking && !open ? (
        <AskForm customerId={customerId} purposes={may} fixed done={() => setAsking(false)} />
      ) : null}
    </div>
  );
}
