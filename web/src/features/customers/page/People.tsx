import { CornerDownRight, Phone } from 'lucide-react';
import { lazy, Suspense, startTransition, useState } from 'react';
import type { Contact, CustomerPageData } from '@/api/types';
import { useCan } from '@/app/session';
import { Avatar } from '@/components/Avatar';
import { CallLink, isMasked, reveal } from '@/components/CallLink';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatAgo } from '@/lib/time';
import { t } from '@/locales';
import { Section } from './Side';
import { useCall } from './use-call';

const ContactDrawer = lazy(async () => ({ default: (await import('./ContactDrawer')).ContactDrawer }));

/** Contacts in the order of reporting, each with its depth; a loop of reports ends where it began. */
export function chain(contacts: readonly Contact[]): { contact: Contact; depth: number }[] {
  const known = new Set(contacts.map((one) => one.id));
  const out: { contact: Contact; depth: number }[] = [];
  const seen = new Set<number>();
  const walk = (contact: Contact, depth: number) => {
    if (seen.has(contact.id)) return;
    seen.add(contact.id);
    out.push({ contact, depth: Math.min(depth, 3) });
    for (const one of contacts) if (one.reports_to === contact.id) walk(one, depth + 1);
  };
  for (const one of contacts) if (one.reports_to === null || !known.has(one.reports_to)) walk(one, 0);
  for (const one of contacts) walk(one, 0);
  return out;
}

/** How to call: a masked number is shown whole on purpose only. */
function Reach({
  contact,
  number,
  show,
  call,
}: {
  contact: Contact;
  number: string | null;
  show: (whole: string) => void;
  call: () => void;
}) {
  const reveals = useCan('contact.reveal');
  return (
    <>
      {isMasked(number) && reveals ? (
        <button
          type="button"
          className="act person-show"
          aria-label={t('page.show_number', { name: contact.name })}
          onClick={() => void reveal({ contact: contact.id }).then(show, sayFailure)}
        >
          {t('page.show')}
        </button>
      ) : null}
      <CallLink
        number={number}
        whose={{ contact: contact.id }}
        className="icon-act person-call"
        label={t('page.call', { name: contact.name })}
        called={call}
      >
        <Phone size={16} strokeWidth={1.6} />
      </CallLink>
    </>
  );
}

export function People({ page }: { page: CustomerPageData }) {
  const { label } = useLabels();
  const call = useCall(page.customer.id);
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
  const [whole, setWhole] = useState<Record<number, string>>({});
  const can = Boolean(page.can.update);
  return (
    <Section
      title={t('page.people')}
      note={
        can ? (
          <button type="button" className="act" onClick={() => startTransition(() => setEditing('new'))}>
            {t('page.add_person')}
          </button>
        ) : null
      }
    >
      {page.contacts.length ? null : <p className="second">{t('page.no_people')}</p>}
      {chain(page.contacts).map(({ contact, depth }) => (
        <div className="person" key={contact.id} style={{ paddingLeft: depth * 20 }}>
          {depth ? <CornerDownRight size={14} strokeWidth={1.6} aria-hidden="true" /> : null}
          <Avatar name={contact.name} size={24} />
          <button
            type="button"
            className="plain person-words"
            disabled={!can}
            onClick={() => startTransition(() => setEditing(contact))}
          >
            <span className="cut">
              {contact.name} <span className="meta">{contact.title}</span>
            </span>
            <span className="person-role">
              {label('decision_role', contact.decision_role)}
              {isMasked(contact.phone) ? (
                <span className="meta"> {whole[contact.id] ?? contact.phone}</span>
              ) : null}
              {contact.wechat ? <span className="meta"> {contact.wechat}</span> : null}
            </span>
          </button>
          <span className={contact.last_contact_at ? 'meta' : 'person-never'}>
            {contact.last_contact_at ? formatAgo(contact.last_contact_at) : t('page.never')}
          </span>
          <Reach
            contact={contact}
            number={whole[contact.id] ?? contact.phone}
            show={(number) => setWhole({ ...whole, [contact.id]: number })}
            call={() => call(contact.id, contact.name)}
          />
        </div>
      ))}
      <Suspense fallback={null}>
        {editing ? (
          <ContactDrawer
            contact={editing === 'new' ? null : editing}
            customerId={page.customer.id}
            contacts={page.contacts}
            close={() => setEditing(null)}
          />
        ) : null}
      </Suspense>
    </Section>
  );
}
