import { CornerDownRight, Phone } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Contact, CustomerPageData } from '@/api/types';
import { Avatar } from '@/components/Avatar';
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

export function People({ page }: { page: CustomerPageData }) {
  const { label } = useLabels();
  const call = useCall(page.customer.id);
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
  const can = Boolean(page.can.update);
  return (
    <Section
      title={t('page.people')}
      note={
        can ? (
          <button type="button" className="act" onClick={() => setEditing('new')}>
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
            onClick={() => setEditing(contact)}
          >
            <span className="cut">
              {contact.name} <span className="meta">{contact.title}</span>
            </span>
            <span className="person-role">
              {label('decision_role', contact.decision_role)}
              {contact.wechat ? <span className="meta"> {contact.wechat}</span> : null}
            </span>
          </button>
          <span className={contact.last_contact_at ? 'meta' : 'person-never'}>
            {contact.last_contact_at ? formatAgo(contact.last_contact_at) : t('page.never')}
          </span>
          {contact.phone && !contact.phone.includes('*') ? (
            <a
              className="icon-act person-call"
              href={`tel:${contact.phone}`}
              title={contact.phone}
              aria-label={t('page.call', { name: contact.name })}
              onClick={() => call(contact.id, contact.name)}
            >
              <Phone size={16} strokeWidth={1.6} />
            </a>
          ) : (
            <span className="meta">{contact.phone}</span>
          )}
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
