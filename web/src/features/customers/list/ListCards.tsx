import { lazy, type RefObject, Suspense, useEffect } from 'react';
import { Link } from 'react-router';
import type { CustomerRow } from '@/api/types';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { Rhythm } from '@/components/Rhythm';
import { formatMoney } from '@/lib/money';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { formatAgo, formatDue } from '@/lib/time';
import { locale, t } from '@/locales';
import { type Column, isSilent } from './columns';
import type { Rows } from './rows';
import { useDrawn, useWindow } from './window';

const OwnWords = lazy(async () => ({ default: (await import('@/components/OwnWords')).OwnWords }));

const HEIGHT = 97;
/** The line for the team's own fields, where the list has columns of them. */
const OWN_LINE = 20;
const MOST_OWN = 3;

function Card({ row, own }: { row: CustomerRow; own: readonly string[] }) {
  const labels = useLabels();
  const next = row.next_step;
  // Who spoke to them last, where it was not the owner: the line has no room for what everybody takes for granted.
  const other = row.last_contact_by?.id === row.owner?.id ? null : row.last_contact_by?.name;
  // English words for stage and time need the room.
  const wide = locale() === 'zh-CN';
  return (
    <Link to={`/customers/${row.id}`} className="list-card">
      <span className="card-line">
        <span className="cell-firm card-title">
          <span className="cut">{shortFirm(row.name)}</span>
          <ClassBadge value={row.intent_class} />
        </span>
        <span>{formatMoney(row.amount, row.currency)}</span>
      </span>
      {labels.reads('customer', 'next_due_at') ? (
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
      ) : null}
      {own.length ? (
        <span className="card-line card-own">
          <Suspense fallback={null}>
            <OwnWords record="customer" row={row} labels={labels} keys={own} most={MOST_OWN} />
          </Suspense>
        </span>
      ) : null}
      <span className="card-line card-foot">
        <Clock clock={row.clock} stage={labels.label('stage', row.stage) || null} line />
        {labels.reads('customer', 'last_contact_at') ? (
          <span className="card-rhythm">
            <Rhythm days={row.rhythm} cadence={row.cadence_days} width={wide ? 96 : 56} />
            <span className={isSilent(row) ? 'verm strong' : 'faint'}>
              {row.last_contact_at
                ? [formatAgo(row.last_contact_at), other].filter(Boolean).join(' · ')
                : t('customers.never')}
            </span>
          </span>
        ) : null}
      </span>
    </Link>
  );
}

/** The list of the phone: three or four lines a customer, of which only those in sight are drawn. */
export function ListCards({
  rows,
  columns,
  box,
}: {
  rows: Rows;
  columns: readonly Column[];
  box: RefObject<HTMLElement | null>;
}) {
  const own = columns.map((column) => column.key).filter(isOwn);
  const height = HEIGHT + (own.length ? OWN_LINE : 0);
  const { first, last } = useWindow(box, rows.count, height, 0);
  const { look } = rows;
  useEffect(() => look(first, last), [look, first, last]);
  const mayDraw = useDrawn(rows.count);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  return (
    <div className="list-rows" style={{ height: rows.count * height }} aria-busy={rows.stale}>
      <ul className="list-cards" style={{ transform: `translateY(${first * height}px)` }}>
        {shown.map((index) => {
          const row = rows.at(index);
          return (
            <li key={row ? row.id : `blank-${index}`} style={{ height }}>
              {row && mayDraw(index, row.id) ? <Card row={row} own={own} /> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
