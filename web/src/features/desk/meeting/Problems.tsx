import { Link } from 'react-router';
import type { Exceptions, MeetingRow } from '@/api/meeting';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** A customer, what is to be said of it, and whose it is. */
export function Row({ row, extra }: { row: MeetingRow; extra?: string | null }) {
  return (
    <li className="meet-row">
      {row.customer ? (
        <Link to={`/customers/${row.customer.id}`} className="meet-firm cut">
          {row.customer.name}
        </Link>
      ) : (
        <span />
      )}
      <span className="meet-said">{words(row)}</span>
      <span className="meta meet-whose">{[row.owner, extra].filter(Boolean).join(' · ')}</span>
    </li>
  );
}

function Group({ one }: { one: Exceptions }) {
  const left = one.count - one.rows.length;
  return (
    <section className="meet-group">
      <h4>
        {t(`meeting.ex_${one.key}`)} <b className={one.count ? 'verm' : undefined}>{one.count}</b>
        <span className="meta">{one.people.map((each) => `${each.name} ${each.n}`).join(' · ')}</span>
        {one.link && one.count ? (
          <Link className="meet-all" to={one.link}>
            {t('meeting.all')}
          </Link>
        ) : null}
      </h4>
      <ul>
        {one.rows.map((row) => (
          <Row row={row} key={`${row.customer?.id} ${row.zh}`} />
        ))}
      </ul>
      {left > 0 ? <p className="meta">{t('meeting.more', { n: left })}</p> : null}
    </section>
  );
}

/** What stands against the rule, by kind; kinds without any are named in one line. */
export function Problems({ exceptions, total }: { exceptions: Exceptions[]; total: number }) {
  const some = exceptions.filter((one) => one.count > 0);
  return (
    <section className="sheet meet-sheet">
      <h3>
        {total ? t('meeting.exceptions', { n: total }) : t('meeting.exceptions_none')}
        <Link className="meet-board" to="/exceptions">
          {t('meeting.board')}
        </Link>
      </h3>
      {some.map((one) => (
        <Group one={one} key={one.key} />
      ))}
    </section>
  );
}
