import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { DEALS, type DealColumn, type DealRow, moveDeal, refreshDeals } from '@/api/deals';
import { queryClient } from '@/api/queries';
import type { Page } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { BoardColumns } from '@/components/board/BoardColumns';
import { BoardPhone } from '@/components/board/BoardPhone';
import { Trouble } from '@/components/ErrorState';
import type { ListState } from '@/components/list/list-state';
import { joined, partsOf } from '@/lib/filter';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm, words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

const FURTHER = 20;

function Card({ row }: { row: DealRow }) {
  return (
    <>
      <b className="cut block" title={row.title}>
        {row.title}
      </b>
      <span className="bcard-act cut block">{shortFirm(row.customer.name)}</span>
      <span className="card-line">
        <b>{formatMoney(row.amount, row.currency)}</b>
        <span className={row.late ? 'verm' : 'meta'}>{formatDay(row.expected_close)}</span>
      </span>
      {row.owner ? (
        <span className="cell-owner">
          <Avatar name={row.owner.name} size={20} />
          <span className="cut second">{row.owner.name}</span>
        </span>
      ) : null}
    </>
  );
}

/** Each currency by itself; behind them what they come to by their probability. */
const said = (column: DealColumn) => ({
  count: String(column.count),
  limit: column.probability === null ? '' : `${column.probability}%`,
  sum: column.sums.map((one) => formatMoney(one.amount, one.currency)).join(' + '),
  late: '',
});

/** The open deals of a view in columns by stage; a card is dragged to the stage it has come to. */
export function DealBoard({ state, empty }: { state: ListState; empty: ReactNode }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const { query } = state;
  const asked = { view: query.view, filter: query.filter, q: query.q };
  const key = [...DEALS, 'board', asked.view, asked.filter ?? '', asked.q];
  const [busy, setBusy] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const board = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<{ columns: DealColumn[] }>('/deals/board', { query: asked, signal }),
    placeholderData: (old) => old,
  });
  const columns = board.data?.columns ?? [];
  const more = async (column: DealColumn) => {
    if (!column.next || busy) return;
    setBusy(column.key);
    const own = [
      { field: 'stage', op: 'eq' as const, value: column.key },
      { field: 'state', op: 'eq' as const, value: 'open' },
    ];
    const filter = JSON.stringify(joined([...partsOf(JSON.parse(asked.filter ?? 'null')), ...own]));
    try {
      const page = await api.get<Page<DealRow>>('/deals', {
        query: { ...asked, filter, sort: 'expected_close', cursor: column.next, limit: FURTHER },
      });
      queryClient.setQueryData<{ columns: DealColumn[] }>(
        key,
        (old) =>
          old && {
            ...old,
            columns: old.columns.map((one) =>
              one.key === column.key
                ? { ...one, items: [...one.items, ...page.items], next: page.next }
                : one,
            ),
          },
      );
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(null);
  };
  const shift = async (row: DealRow, to: DealColumn) => {
    try {
      await moveDeal(row, to.key);
      setTold(t('deals.moved', { title: row.title, stage: words(to) }));
    } catch (failure) {
      sayFailure(failure);
    }
    refreshDeals(row.customer.id);
  };
  const props = {
    columns,
    busy,
    movable: (row: DealRow) => row.can.move,
    open: (row: DealRow) => navigate(`/deals/${row.id}`),
    more: (column: DealColumn) => void more(column),
    move: (row: DealRow, to: DealColumn) => void shift(row, to),
    name: (row: DealRow) => row.title,
    card: (row: DealRow) => <Card row={row} />,
    said,
    counted: (count: string) => t('deals.total', { n: count }),
  };
  return (
    <div className="board-box" aria-busy={board.isPlaceholderData}>
      <Trouble query={board} />
      {board.data && columns.every((column) => column.count === 0) ? empty : null}
      {columns.some((column) => column.count > 0) ? (
        phone ? (
          <BoardPhone {...props} />
        ) : (
          <BoardColumns {...props} tell={setTold} />
        )
      ) : null}
      <span className="sr" role="status">
        {told}
      </span>
    </div>
  );
}
