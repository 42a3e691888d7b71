import { useState } from 'react';
import { refreshComplaints, useComplaints } from '@/api/complaints';
import type { Id } from '@/api/types';
import { NewForm } from '@/components/complaints/ComplaintForms';
import { ComplaintItem } from '@/components/complaints/ComplaintItem';
import { say } from '@/lib/notify';
import { useAimed } from '@/lib/use-aimed';
import { t } from '@/locales';
import '@/components/ownership/ownership.css';
import '@/components/complaints/complaints.css';

/** 投诉: what the customer complained of, what was done, and whether he called it good. */
export function Complaints({ customerId }: { customerId: Id }) {
  const { data } = useComplaints(customerId);
  const [adding, setAdding] = useState(false);
  const panel = useAimed('#complaints', data !== undefined);
  if (!data || (!data.can.open && !data.items.length)) return null;
  return (
    <section className="side-part" id="complaints" ref={panel}>
      <header>
        <h2>{t('complaints.title')}</h2>
        {data.can.open ? (
          <button type="button" className="act" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t('complaints.add')}
          </button>
        ) : null}
      </header>
      {adding ? (
        <NewForm
          customerId={customerId}
          page={data}
          done={() => {
            say(t('complaints.noted'));
            setAdding(false);
            refreshComplaints(customerId);
          }}
        />
      ) : null}
      {!adding && !data.items.length ? <p className="second">{t('complaints.none')}</p> : null}
      <ul>
        {data.items.map((one) => (
          <ComplaintItem key={one.id} one={one} lists={data.options} customer={{ id: customerId }} />
        ))}
      </ul>
    </section>
  );
}
