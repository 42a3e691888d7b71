import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { keysOf, type OwnRow, pathOf } from '@/api/records';
import type { Page } from '@/api/types';
import { Dot } from '@/components/Chip';
import { Trouble } from '@/components/ErrorState';
import { useKind } from '@/components/list/kind';
import type { ListState } from '@/components/list/list-state';
import { Pick } from '@/components/Pick';
import { dayOf, shiftMonth, weeksOf } from '@/lib/calendar';
import { joined, partsOf } from '@/lib/filter';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDateHead, formatMonth, now, weekdayHeads } from '@/lib/time';
import { t } from '@/locales';
import './calendar.css';

const MOST = 200;
/** So many rows stand in a day; the rest is told. */
const FEW = 3;

function Row({ row, dot }: { row: OwnRow; dot: string | null | undefined }) {
  return (
    <Link className="ocal-row" to={`/records/${row.type}/${row.id}`} title={row.name}>
      <Dot color={dot} />
      <span className="cut">{row.name}</span>
    </Link>
  );
}

function Day({ day, month, rows, dot }: DayProps) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? rows : rows.slice(0, FEW);
  return (
    <div
      role="gridcell"
      className="ocal-day"
      data-other={day.slice(0, 7) !== month || undefined}
      data-today={day === dayOf(now()) || undefined}
      aria-label={formatDateHead(day)}
    >
      <span className="ocal-nr">{Number(day.slice(8))}</span>
      {shown.map((row) => (
        <Row key={row.id} row={row} dot={dot(row)} />
      ))}
      {rows.length > shown.length ? (
        <button type="button" className="plain ocal-more" onClick={() => setWhole(true)}>
          {t('own.cal_more', { n: rows.length - shown.length })}
        </button>
      ) : null}
    </div>
  );
}
interface DayProps {
  day: string;
  month: string;
  rows: OwnRow[];
  dot: (row: OwnRow) => string | null | undefined;
}

/** The rows of a view on the days of a month, by one of their dates; on the phone day after day. */
export function RecordCalendar({ type, state }: { type: string; state: ListState }) {
  const phone = usePhone();
  const labels = useLabels();
  const { dates = [] } = useKind();
  const [at, setAt] = useState(() => dayOf(now()));
  const { query, by } = state;
  const weeks = weeksOf(at);
  const range = [weeks[0]?.[0] ?? at, weeks.at(-1)?.[6] ?? at];
  const between = { field: by, op: 'between' as const, value: range };
  const filter = JSON.stringify(joined([...partsOf(JSON.parse(query.filter ?? 'null')), between]));
  const found = useQuery({
    queryKey: [...keysOf(type), 'calendar', query.view, filter, query.q],
    queryFn: ({ signal }) =>
      api.get<Page<OwnRow>>(pathOf(type), {
        query: { view: query.view, filter, q: query.q, limit: MOST },
        signal,
      }),
    placeholderData: (old) => old,
    enabled: by !== '',
  });
  const rows = found.data?.items ?? [];
  const dayOfRow = (row: OwnRow): string => {
    const held = String((row as unknown as Record<string, unknown>)[by] ?? '');
    return held.length > 10 ? dayOf(held) : held;
  };
  const dot = (row: OwnRow) => labels.option(`${type}.state`, row.state)?.color;
  const on = (day: string) => rows.filter((row) => dayOfRow(row) === day);
  const busy = weeks.flat().filter((day) => on(day).length);
  return (
    <div className="ocal" aria-busy={found.isPlaceholderData}>
      <div className="ocal-head">
        <button
          type="button"
          className="icon-act"
          aria-label={t('time.month_before')}
          onClick={() => setAt(shiftMonth(at, -1))}
        >
          <ChevronLeft size={18} strokeWidth={1.6} />
        </button>
        <b aria-live="polite">{formatMonth(at)}</b>
        <button
          type="button"
          className="icon-act"
          aria-label={t('time.month_after')}
          onClick={() => setAt(shiftMonth(at, 1))}
        >
          <ChevronRight size={18} strokeWidth={1.6} />
        </button>
        <button type="button" className="act" onClick={() => setAt(dayOf(now()))}>
          {t('own.cal_today')}
        </button>
        <span className="ocal-by">
          <Pick
            label={t('own.cal_by')}
            clear={false}
            value={by}
            choices={dates.map((slug) => ({ value: slug, label: words(labels.field(type, slug)?.label) }))}
            onChange={(next) => next && state.set({ by: next })}
          />
        </span>
      </div>
      <Trouble query={found} />
      {found.data?.next ? <p className="amber ocal-said">{t('own.cal_capped', { n: MOST })}</p> : null}
      {phone ? (
        <div className="ocal-list">
          {busy.length ? null : <p className="second">{t('own.cal_none')}</p>}
          {busy.map((day) => (
            <section key={day}>
              <h2>{formatDateHead(day)}</h2>
              {on(day).map((row) => (
                <Row key={row.id} row={row} dot={dot(row)} />
              ))}
            </section>
          ))}
        </div>
      ) : (
        <div className="ocal-grid" role="grid" aria-label={formatMonth(at)}>
          <div className="ocal-week ocal-heads" role="row">
            {weekdayHeads().map((name) => (
              <span role="columnheader" className="meta" key={name}>
                {name}
              </span>
            ))}
          </div>
          {weeks.map((week) => (
            <div className="ocal-week" role="row" key={week[0]}>
              {week.map((day) => (
                <Day key={day} day={day} month={at.slice(0, 7)} rows={on(day)} dot={dot} />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
