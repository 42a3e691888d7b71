import { Link } from 'react-router';
import type { KeyCustomer } from '@/api/meeting';
import { ClassBadge } from '@/components/ClassBadge';
import { Quote } from '@/components/Quote';
import { formatMoney } from '@/lib/money';
import { words } from '@/lib/names';
import { formatWhen, isOverdue } from '@/lib/time';
import { t } from '@/locales';

function happened(row: KeyCustomer): string {
  const said = [
    row.contacts === null
      ? ''
      : row.contacts
        ? t('meeting.contacts', { n: row.contacts })
        : t('meeting.contacts_none'),
    row.stage?.entered ? t('meeting.entered', { stage: words(row.stage) }) : '',
  ];
  return said.filter(Boolean).join(' · ');
}

function Card({ row }: { row: KeyCustomer }) {
  const late = row.next_due_at !== null && isOverdue(row.next_due_at);
  return (
    <li className="meet-key">
      <div className="meet-who">
        <Link to={`/customers/${row.id}`} className="cut">
          {row.name}
        </Link>
        <ClassBadge value={row.intent_class} />
        <span className="meta">
          {[
            row.owner,
            row.stage && !row.stage.entered ? words(row.stage) : null,
            row.amount === null ? null : formatMoney(row.amount, row.currency),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <p className={row.contacts === 0 ? 'amber' : undefined}>{happened(row)}</p>
      {row.last_words ? (
        <p className="second meet-words">
          <Quote text={row.last_words} />
        </p>
      ) : null}
      <p className={late ? 'verm' : 'second'}>
        {row.next_due_at
          ? `${t('meeting.next')} ${formatWhen(row.next_due_at, row.next_precision)} ${row.next_act ?? ''}`
          : t('meeting.next_none')}
      </p>
    </li>
  );
}

/** Class A and the biggest, each with what happened this week and what comes next. */
export function KeyCustomers({ rows }: { rows: KeyCustomer[] }) {
  return (
    <section className="sheet meet-sheet">
      <h3>{rows.length ? t('meeting.key', { n: rows.length }) : t('meeting.key_none')}</h3>
      <ul className="meet-keys">
        {rows.map((row) => (
          <Card row={row} key={row.id} />
        ))}
      </ul>
    </section>
  );
}
