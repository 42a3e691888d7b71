import type { ReactNode } from 'react';
import type { DealRow } from '@/api/deals';
import { Avatar } from '@/components/Avatar';
import type { ListColumn, ListKind } from '@/components/list/kind';
import { plain } from '@/components/list/look';
import { formatMoney } from '@/lib/money';
import { shortFirm } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

export interface DealColumnOf extends ListColumn {
  width: string;
  sort?: string;
  end?: boolean;
  cell: (row: DealRow, labels: Labels) => ReactNode;
}

/** 12月31日, red once it is over and the deal still open. */
export function Close({ row }: { row: DealRow }) {
  return (
    <span className="cell-two">
      <span className={row.late ? 'verm' : undefined}>{formatDay(row.expected_close)}</span>
      {row.slips ? <span className="cell-second amber">{t('deals.slips', { n: row.slips })}</span> : null}
    </span>
  );
}

/** The stage while it is open, else how it ended. */
export function Standing({ row, labels }: { row: DealRow; labels: Labels }) {
  if (row.state === 'open')
    return (
      <span className="cut block">
        {labels.label('deal_stage', row.stage)} <span className="meta">{row.probability}%</span>
      </span>
    );
  return (
    <span className={row.state === 'won' ? 'pine' : 'second'}>{labels.label('deal_state', row.state)}</span>
  );
}

const COLUMNS: DealColumnOf[] = [
  {
    key: 'customer',
    label: 'customers.col_customer',
    width: 'minmax(140px, 1fr)',
    cell: (row) => (
      <span className="cut block" title={row.customer.name}>
        {shortFirm(row.customer.name)}
      </span>
    ),
  },
  {
    key: 'stage',
    label: 'deals.stage',
    width: '148px',
    cell: (row, labels) => <Standing row={row} labels={labels} />,
  },
  {
    key: 'amount',
    label: 'deals.amount',
    width: '120px',
    sort: '-amount',
    end: true,
    cell: (row) => formatMoney(row.amount, row.currency),
  },
  {
    key: 'expected_close',
    label: 'deals.close',
    width: '128px',
    sort: 'expected_close',
    cell: (row) => <Close row={row} />,
  },
  {
    key: 'owner',
    label: 'deals.owner',
    width: '120px',
    cell: (row) =>
      row.owner ? (
        <span className="cell-owner">
          <Avatar name={row.owner.name} />
          <span className="cut">{row.owner.name}</span>
        </span>
      ) : null,
  },
];

/** The list of deals with its tabs. */
export const DEAL_LIST: ListKind & { columns: DealColumnOf[] } = {
  record: 'deal',
  path: '/deals',
  sorts: {
    expected_close: 'deals.sort_close',
    '-expected_close': 'deals.sort_close_last',
    '-amount': 'deals.sort_amount',
    '-created': 'deals.sort_newest',
  },
  first: (sells) => (sells ? 'mine' : 'open'),
  whole: [],
  boards: ['stage'],
  columns: COLUMNS,
  look: { columns: COLUMNS.map(({ key }) => plain(key)), density: 'roomy' },
  words: {
    total: 'deals.total',
    total_capped: 'deals.total_capped',
    count: 'deals.count',
    count_capped: 'deals.count_capped',
    first: 'deals.order_hint',
  },
  keys: ['deals'],
};
