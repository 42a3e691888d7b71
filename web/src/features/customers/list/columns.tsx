import type { ReactNode } from 'react';
import type { CustomerRow } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { Clock } from '@/components/Clock';
import { Quote } from '@/components/Quote';
import { Rhythm } from '@/components/Rhythm';
import { formatMoney, formatMoneyFull } from '@/lib/money';
import type { Labels } from '@/lib/options';
import { recall, remember } from '@/lib/store';
import { formatAgo, formatDue, formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import type { Sort } from './list-state';

export interface Column {
  key: string;
  label: Key;
  width: string;
  /** Instead of `width` in windows below 992 px. */
  narrow?: string;
  sort?: Sort;
  end?: boolean;
  /** Left out below this width of the window, in px. */
  from?: number;
  cell: (row: CustomerRow, labels: Labels) => ReactNode;
}

function Two({ first, second, tone }: { first: ReactNode; second?: ReactNode; tone?: string }) {
  return (
    <span className="cell-two">
      <span className="cut">{first}</span>
      <span className={`cell-second cut ${tone ?? ''}`}>{second}</span>
    </span>
  );
}

export function NextStep({ row }: { row: CustomerRow }) {
  const next = row.next_step;
  if (!next)
    return (
      <Two
        first={<span className="faint">{t('customers.no_next')}</span>}
        second={t('customers.set_next')}
        tone="amber strong"
      />
    );
  const due = formatDue(next.due_at, next.precision, next.overdue);
  return (
    <Two
      first={<span title={next.act}>{next.act}</span>}
      second={due}
      tone={next.overdue ? 'verm strong' : ''}
    />
  );
}

/** Whether the customer has waited longer than its class allows. */
export function isSilent(row: CustomerRow): boolean {
  return row.silent_days !== null && row.cadence_days !== null && row.silent_days > row.cadence_days * 1.5;
}

const LAST: Column['cell'] = (row, labels) => (
  <Two
    first={
      row.last_contact_at ? (
        <span className={isSilent(row) ? 'verm strong' : ''} title={formatWhen(row.last_contact_at)}>
          {formatAgo(row.last_contact_at)}
        </span>
      ) : (
        <span className="faint">{t('customers.never')}</span>
      )
    }
    second={[labels.label('channel', row.last_channel), row.last_contact_by?.name]
      .filter(Boolean)
      .join(' · ')}
  />
);

export const COLUMNS: Column[] = [
  {
    key: 'next',
    label: 'customers.col_next',
    width: 'minmax(190px, 1.15fr)',
    narrow: 'minmax(130px, 1fr)',
    sort: 'next_due',
    cell: (row) => <NextStep row={row} />,
  },
  {
    key: 'stage',
    label: 'customers.col_stage',
    width: '128px',
    narrow: '112px',
    cell: (row, labels) => <Clock clock={row.clock} stage={labels.label('stage', row.stage) || null} />,
  },
  {
    key: 'rhythm',
    label: 'customers.col_rhythm',
    width: '184px',
    from: 900,
    cell: (row) => <Rhythm days={row.rhythm} cadence={row.cadence_days} />,
  },
  {
    key: 'last',
    label: 'customers.col_last',
    width: '104px',
    narrow: '88px',
    sort: '-last_contact',
    cell: LAST,
  },
  {
    key: 'amount',
    label: 'customers.col_amount',
    width: '96px',
    narrow: '72px',
    sort: '-amount',
    end: true,
    cell: (row) => (
      <span title={row.amount === null ? undefined : formatMoneyFull(row.amount, row.currency)}>
        {formatMoney(row.amount, row.currency)}
      </span>
    ),
  },
  {
    key: 'owner',
    label: 'customers.col_owner',
    width: '112px',
    from: 992,
    cell: (row) =>
      row.owner ? (
        <span className="cell-owner">
          <Avatar name={row.owner.name} />
          <span className="cut">{row.owner.name}</span>
        </span>
      ) : null,
  },
  {
    key: 'words',
    label: 'customers.col_words',
    width: 'minmax(180px, 1fr)',
    cell: (row) => (row.last_words ? <Quote className="cut block" text={row.last_words} /> : null),
  },
  {
    key: 'contact',
    label: 'customers.col_contact',
    width: '128px',
    cell: (row) => (row.contact ? <Two first={row.contact.name} second={row.contact.title} /> : null),
  },
  {
    key: 'life',
    label: 'customers.col_life',
    width: '88px',
    cell: (row, labels) => labels.label('life_cycle', row.life_cycle),
  },
  {
    key: 'source',
    label: 'customers.col_source',
    width: '96px',
    cell: (row, labels) => labels.label('source', row.source),
  },
  {
    key: 'tags',
    label: 'customers.col_tags',
    width: '140px',
    cell: (row) => <span className="cell-tags cut">{row.tags.join('、')}</span>,
  },
];

export const DEFAULT_COLUMNS = ['next', 'stage', 'rhythm', 'last', 'amount', 'owner'];

/** The chosen columns in their order; kept on the device. */
export function recallColumns(): string[] {
  const kept = recall<string[]>('columns');
  const known = (kept ?? DEFAULT_COLUMNS).filter((key) => COLUMNS.some((column) => column.key === key));
  return known.length ? known : DEFAULT_COLUMNS;
}

export function keepColumns(chosen: string[]): void {
  remember('columns', chosen);
}

export function columnsOf(chosen: readonly string[]): Column[] {
  return chosen.flatMap((key) => COLUMNS.find((column) => column.key === key) ?? []);
}
