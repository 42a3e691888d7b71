import { useState } from 'react';
import { useOwnership } from '@/api/ownership';
import type { Id } from '@/api/types';
import { useAimed } from '@/lib/use-aimed';
import { t } from '@/locales';
import { AskHelp } from './AskHelp';
import { RequestItem } from './RequestItem';
import './ownership.css';

/** 求助: requests about this customer to colleagues and other departments, as both sides see them. */
export function HelpPanel({ customerId }: { customerId: Id }) {
  const { data } = useOwnership(customerId);
  const [asking, setAsking] = useState(false);
  const panel = useAimed('#help', data !== undefined);
  if (!data || (!data.can.ask && !data.help.length)) return null;
  return (
    <section className="side-part" id="help" ref={panel}>
      <header>
        <h2>{t('requests.title')}</h2>
        {data.can.ask ? (
          <button type="button" className="act" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('requests.ask')}
          </button>
        ) : null}
      </header>
      {asking ? <AskHelp customerId={customerId} close={() => setAsking(false)} /> : null}
      {!asking && !data.help.length ? <p className="second">{t('requests.none_here')}</p> : null}
      <ul>
        {data.help.map((one) => (
          <RequestItem key={`${one.id}${one.state}`} help={one} place="customer" />
        ))}
      </ul>
    </section>
  );
}
