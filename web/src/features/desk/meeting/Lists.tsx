import { Check as Tick, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Check, Meeting } from '@/api/meeting';
import { formatMoney } from '@/lib/money';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Row } from './Problems';

export function Promises({ promises }: { promises: Meeting['promises'] }) {
  const left = promises.count - promises.rows.length;
  return (
    <section className="sheet meet-sheet">
      <h3>{promises.count ? t('meeting.promises', { n: promises.count }) : t('meeting.promises_none')}</h3>
      <ul>
        {promises.rows.map((row) => (
          <Row
            row={row}
            extra={formatWhen(row.due_at, row.precision)}
            key={`${row.customer?.id} ${row.zh}`}
          />
        ))}
      </ul>
      {left > 0 ? <p className="meta">{t('meeting.more', { n: left })}</p> : null}
    </section>
  );
}

export function Successes({ successes }: { successes: Meeting['successes'] }) {
  return (
    <section className="sheet meet-sheet">
      <h3>
        {successes.count ? t('meeting.successes', { n: successes.count }) : t('meeting.successes_none')}
      </h3>
      <ul>
        {successes.rows.map((row) => (
          <Row
            row={row}
            extra={row.amount === null ? null : formatMoney(row.amount, row.currency)}
            key={row.id}
          />
        ))}
      </ul>
    </section>
  );
}

/** The weekly check of the process: never by colour alone. */
export function Checks({ checks }: { checks: Check[] }) {
  const ok = checks.filter((one) => one.ok).length;
  return (
    <section className="sheet meet-sheet">
      <h3>{t('meeting.checks', { ok, of: checks.length })}</h3>
      <ul className="meet-checks">
        {checks.map((one) => (
          <li key={one.key} className={one.ok ? undefined : 'amber'}>
            {one.ok ? (
              <Tick size={16} strokeWidth={1.8} aria-hidden="true" />
            ) : (
              <TriangleAlert size={16} strokeWidth={1.8} aria-hidden="true" />
            )}
            {one.link && !one.ok ? (
              <Link className="meet-behind" to={one.link}>
                {words(one)}
              </Link>
            ) : (
              <span>{words(one)}</span>
            )}
            <span className="meta">
              {one.of ? t('meeting.of', { n: one.n, of: one.of }) : t('meeting.nothing')}
            </span>
            <span className="meta">
              {one.ok ? t('meeting.ok') : t('meeting.short', { n: one.of - one.n })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
