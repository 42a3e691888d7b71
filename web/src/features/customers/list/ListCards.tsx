import { Link } from 'react-router';
import type { CustomerRow } from '@/api/types';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { Rhythm } from '@/components/Rhythm';
import { formatMoney } from '@/lib/money';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatAgo, formatDue } from '@/lib/time';
import { t } from '@/locales';
import { isSilent } from './columns';

/** The list of the phone: three lines a customer. */
export function ListCards({ rows }: { rows: CustomerRow[] }) {
  const labels = useLabels();
  return (
    <ul className="list-cards">
      {rows.map((row) => {
        const next = row.next_step;
        return (
          <li key={row.id}>
            <Link to={`/customers/${row.id}`} className="list-card">
              <span className="card-line">
                <span className="cell-firm card-title">
                  <span className="cut">{shortFirm(row.name)}</span>
                  <ClassBadge value={row.intent_class} />
                </span>
                <span>{formatMoney(row.amount, row.currency)}</span>
              </span>
              <span className="card-line">
                <span className={next ? 'cut' : 'cut faint'}>{next ? next.act : t('customers.no_next')}</span>
                {next ? (
                  <span className={next.overdue ? 'verm strong' : 'faint'}>
                    {formatDue(next.due_at, next.precision, next.overdue)}
                  </span>
                ) : (
                  <span className="amber strong">{t('customers.set_next_short')}</span>
                )}
              </span>
              <span className="card-line card-foot">
                <Clock clock={row.clock} stage={labels.label('stage', row.stage) || null} line />
                <span className="card-rhythm">
                  <Rhythm days={row.rhythm} cadence={row.cadence_days} width={96} />
                  <span className={isSilent(row) ? 'verm strong' : 'faint'}>
                    {row.last_contact_at
                      ? [formatAgo(row.last_contact_at), row.last_contact_by?.name]
                          .filter(Boolean)
                          .join(' · ')
                      : t('customers.never')}
                  </span>
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
