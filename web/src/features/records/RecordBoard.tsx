import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { queryClient } from '@/api/queries';
import { keysOf, type OwnBoard, type OwnColumn, type OwnRow, pathOf, useRecordTypes } from '@/api/records';
import type { Page } from '@/api/types';
import { useCan } from '@/app/session';
import { Avatar } from '@/components/Avatar';
import { BoardColumns } from '@/components/board/BoardColumns';
import { BoardPhone } from '@/components/board/BoardPhone';
import { Trouble } from '@/components/ErrorState';
import type { ListState } from '@/components/list/list-state';
import { OwnWords } from '@/components/OwnWords';
import { joined, partsOf } from '@/lib/filter';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatAgo } from '@/lib/time';
import { t } from '@/locales';
import { useMove } from './use-move';

const FURTHER = 20;

function Card({ row }: { row: OwnRow }) {
  const labels = useLabels();
  return (
    <>
      <span className="card-line">
        <b className="cut" title={row.name}>
          {row.name}
        </b>
        <span className="meta">#{row.number}</span>
      </span>
      {row.customer ? (
        <span className="bcard-act cut">{row.customer.name || t('own.closed_link')}</span>
      ) : null}
      <OwnWords record={row.type} row={row} labels={labels} most={2} />
      <span className="card-line">
        <span className="cell-owner">
          {row.owner ? <Avatar name={row.owner.name} size={20} /> : null}
          <span className="cut">
            {[row.owner?.name, formatAgo(row.state_at)].filter(Boolean).join(' · ')}
          </span>
        </span>
      </span>
    </>
  );
}

const said = (column: OwnColumn) => ({
  count: `${column.count}${column.capped ? '+' : ''}`,
  limit: '',
  sum: '',
  late: '',
});

/** The rows of a view in columns by state; a card goes where its state may lead. */
export function RecordBoard({ type, state, empty }: { type: string; state: ListState; empty: ReactNode }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const mayMove = useCan('record.move');
  const types = useRecordTypes();
  const { query } = state;
  const asked = { view: query.view, filter: query.filter, q: query.q };
  const key = [...keysOf(type), 'board', asked.view, asked.filter ?? '', asked.q];
  const [busy, setBusy] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const { move, dialog } = useMove(type);
  const board = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<OwnBoard>(`${pathOf(type)}/board`, { query: asked, signal }),
    placeholderData: (old) => old,
  });
  const columns = board.data?.columns ?? [];
  const states = types.data?.items.find((one) => one.slug === type)?.states ?? [];
  const put = (change: (column: OwnColumn) => OwnColumn) =>
    queryClient.setQueryData<OwnBoard>(key, (old) => old && { ...old, columns: old.columns.map(change) });
  const fits = (row: OwnRow, column: OwnColumn) => {
    const next = states.find((one) => one.key === row.state)?.next;
    return row.state === column.key || !next || next.includes(column.key);
  };
  const more = async (column: OwnColumn) => {
    if (!column.next || busy) return;
    setBusy(column.key);
    const own = { field: 'state', op: 'eq' as const, value: column.key };
    const filter = JSON.stringify(joined([...partsOf(JSON.parse(asked.filter ?? 'null')), own]));
    try {
      const page = await api.get<Page<OwnRow>>(pathOf(type), {
        query: { ...asked, filter, sort: 'state_at', cursor: column.next, limit: FURTHER },
      });
      put((one) =>
        one.key === column.key ? { ...one, items: [...one.items, ...page.items], next: page.next } : one,
      );
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(null);
  };
  /** Shown at once; a refusal brings the card back. */
  const shift = async (row: OwnRow, to: OwnColumn) => {
    const before = queryClient.getQueryData<OwnBoard>(key);
    put((column) => {
      if (column.key === row.state)
        return {
          ...column,
          count: column.count - 1,
          items: column.items.filter((one) => one.id !== row.id),
        };
      return column.key === to.key
        ? { ...column, count: column.count + 1, items: [{ ...row, state: to.key }, ...column.items] }
        : column;
    });
    if (await move(row, to.key)) setTold(t('own.moved', { name: row.name, to: words(to) }));
    else queryClient.setQueryData(key, before);
  };
  const props = {
    columns,
    busy,
    movable: (row: OwnRow) => mayMove && row.editable,
    fits,
    open: (row: OwnRow) => navigate(`/records/${type}/${row.id}`),
    more: (column: OwnColumn) => void more(column),
    move: (row: OwnRow, to: OwnColumn) => void shift(row, to),
    name: (row: OwnRow) => row.name,
    card: (row: OwnRow) => <Card row={row} />,
    said,
    counted: (count: string) => t('own.total', { n: count }),
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
      {dialog}
      <span className="sr" role="status">
        {told}
      </span>
    </div>
  );
}
