import { Handshake } from 'lucide-react';
import type { CustomerPageData } from '@/api/types';
import { useMe } from '@/app/session';
import { useLabels } from '@/lib/options';
import { formatDay, formatDue } from '@/lib/time';
import { t } from '@/locales';
import { Section } from './Side';

const SHOWN_FOR_DAYS = 14;

/** The note for whoever has just got the customer: why, who decides, what interests them, what is promised. */
export function Handover({ page }: { page: CustomerPageData }) {
  const { member } = useMe();
  const { label } = useLabels();
  const { customer } = page;
  const handed = page.timeline.items.find(
    (one) => one.kind === 'event' && one.event === 'customer.transferred',
  );
  if (handed?.kind !== 'event' || customer.owner?.id !== member.id || handed.by === member.name) return null;
  if (Date.now() - Date.parse(handed.at) > SHOWN_FOR_DAYS * 86_400_000) return null;
  const decide = page.contacts.filter((one) => one.decision_role);
  const facts: [string, string][] = [
    [
      t('page.hand_decide'),
      decide
        .map((one) => `${one.name}（${label('decision_role', one.decision_role)}）`)
        .join(t('common.list')),
    ],
    [t('page.hand_interest'), String(customer.interest ?? '')],
    [t('page.hand_special'), String(customer.special ?? '')],
  ];
  return (
    <Section
      title={
        <>
          <Handshake size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('page.hand_title', { name: handed.by ?? '', when: formatDay(handed.at) })}
        </>
      }
    >
      {handed.why ? <p>{t('page.hand_why', { why: handed.why })}</p> : null}
      <dl className="side-facts">
        {facts.map(([name, text]) =>
          text ? (
            <div key={name}>
              <dt className="meta">{name}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
        {page.agenda.length ? (
          <div>
            <dt className="meta">{t('page.hand_open')}</dt>
            <dd>
              {page.agenda.map((one) => (
                <span className="hand-item" key={one.id}>
                  {one.act}{' '}
                  <span className="meta">{formatDue(one.due_at, one.precision, Boolean(one.overdue))}</span>
                </span>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
    </Section>
  );
}
