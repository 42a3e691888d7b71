import type { ReactNode } from 'react';
import type { CustomerRow, ViewColumn } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { Clock } from '@/components/Clock';
import type { ListColumn } from '@/components/list/kind';
import { Quote } from '@/components/Quote';
import { Rhythm } from '@/components/Rhythm';
import { formatMoney, formatMoneyFull } from '@/lib/money';
import type { Labels } from '@/lib/options';
import { formatAgo, formatDue, formatWhen } from '@/lib/time';
import { t } from '@/locales';

export interface Column extends ListColumn {
  width: string;
  /** Instead of `width` in windows below 992 px. */
  narrow?: string;
  /** Instead of `width` where a row has one line. */
  tight?: string;
  sort?: string;
  end?: boolean;
  /** Changed in a dialog, while the cell goes on showing what it holds. */
  dialog?: boolean;
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
    key: 'next_due_at',
    label: 'customers.col_next',
    width: 'minmax(190px, 1.15fr)',
    narrow: 'minmax(130px, 1fr)',
    sort: 'next_due',
    cell: (row) => <NextStep row={row} />,
  },
  {
    key: 'stage',
    edit: true,
    label: 'customers.col_stage',
    width: '140px',
    narrow: '124px',
    tight: '196px',
    cell: (row, labels) => <Clock clock={row.clock} stage={labels.label('stage', row.stage) || null} />,
  },
  {
    key: 'rhythm',
    tells: 'last_contact_at',
    label: 'customers.col_rhythm',
    width: '172px',
    from: 900,
    cell: (row) => <Rhythm days={row.rhythm} cadence={row.cadence_days} />,
  },
  {
    key: 'last_contact_at',
    label: 'customers.col_last',
    width: '132px',
    narrow: '88px',
    sort: '-last_contact',
    cell: LAST,
  },
  {
    key: 'amount',
    edit: true,
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
    edit: true,
    verb: 'customer.transfer',
    dialog: true,
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
    key: 'last_words',
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
    key: 'intent_class',
    edit: true,
    verb: 'customer.class',
    label: 'customers.col_class',
    width: '88px',
    cell: (row, labels) => labels.label('intent_class', row.intent_class),
  },
  {
    key: 'life_cycle',
    edit: true,
    label: 'customers.col_life',
    width: '88px',
    cell: (row, labels) => labels.label('life_cycle', row.life_cycle),
  },
  {
    key: 'source',
    edit: true,
    label: 'customers.col_source',
    width: '96px',
    cell: (row, labels) => labels.label('source', row.source),
  },
  {
    key: 'tags',
    edit: true,
    label: 'customers.col_tags',
    width: '140px',
    cell: (row) => <span className="cell-tags cut">{row.tags.join(t('common.list'))}</span>,
  },
  {
    key: 'industry',
    edit: true,
    label: 'customers.col_industry',
    width: '112px',
    cell: (row, labels) => <span className="cut block">{labels.label('industry', row.industry)}</span>,
  },
  {
    key: 'region',
    edit: true,
    label: 'customers.col_region',
    width: '96px',
    cell: (row) => <span className="cut block">{row.region}</span>,
  },
];

/** A column with the width it was given, if any. */
export type ShownColumn = Column & { px: number | null };

export function columnsOf(all: readonly Column[], chosen: readonly ViewColumn[]): ShownColumn[] {
  return chosen.flatMap(({ key, width }) => {
    const column = all.find((one) => one.key === key);
    return column ? [{ ...column, px: width }] : [];
  });
}
