import { memo } from 'react';
import type { CustomerRow } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { Rhythm } from '@/components/Rhythm';
import { formatMoney } from '@/lib/money';
import { shortFirm } from '@/lib/names';
import { formatDue } from '@/lib/time';
import { t } from '@/locales';

/** One customer on the board. */
export const BoardCard = memo(function BoardCard({ row }: { row: CustomerRow }) {
  const next = row.next_step;
  return (
    <>
      <span className="card-line">
        <b className="cut" title={row.name}>
          {shortFirm(row.name)}
        </b>
        <ClassBadge value={row.intent_class} />
      </span>
      <span className={next ? 'bcard-act cut' : 'bcard-act cut faint'}>
        {next ? next.act : t('customers.no_next')}
      </span>
      {next ? (
        <span className={next.overdue ? 'bcard-due verm strong' : 'bcard-due'}>
          {formatDue(next.due_at, next.precision, next.overdue)}
        </span>
      ) : (
        <span className="bcard-due amber strong">{t('customers.set_next')}</span>
      )}
      <span className="card-line">
        <Clock clock={row.clock} stage={null} line />
        <span className="bcard-rhythm">
          <Rhythm days={row.rhythm} cadence={row.cadence_days} width={84} />
        </span>
      </span>
      <span className="card-line">
        <span className="cell-owner">
          {row.owner ? <Avatar name={row.owner.name} size={20} /> : null}
          <span className="cut">{row.owner?.name ?? ''}</span>
        </span>
        <b>{row.amount === null ? '' : formatMoney(row.amount, row.currency)}</b>
      </span>
    </>
  );
});
