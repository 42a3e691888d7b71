import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import type { Board, BoardColumn, CustomerRow, Field, Page } from '@/api/types';
import type { ListState } from '@/components/list/list-state';
import { joined, type Node, partsOf } from '@/lib/filter';
import { sayFailure } from '@/lib/notify';
import type { Labels } from '@/lib/options';
import { changeField, showValues } from '../list/change';
import { moveStage } from '../move';

const FURTHER = 20;

/** The columns of the board, more cards of one, and a card moved from one to another. */
export function useBoard(state: ListState, labels: Labels) {
  const { query, by } = state;
  const key = [...keys.board, by, query.view, query.sort, query.filter ?? '', query.q] as const;
  const [busy, setBusy] = useState<string | null>(null);
  const board = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Board>('/customers/board', { query: { ...query, by }, signal }),
    placeholderData: (old) => (old?.by === by ? old : undefined),
  });
  const put = (change: (column: BoardColumn) => BoardColumn) =>
    queryClient.setQueryData<Board>(key, (old) => old && { ...old, columns: old.columns.map(change) });

  const more = async (column: BoardColumn) => {
    if (!column.next || busy) return;
    setBusy(column.key);
    const own: Node = column.key ? { field: by, op: 'eq', value: column.key } : { field: by, op: 'empty' };
    const filter = JSON.stringify(joined([...partsOf(JSON.parse(query.filter ?? 'null')), own]));
    try {
      const page = await api.get<Page<CustomerRow>>('/customers', {
        query: { ...query, filter, cursor: column.next, limit: FURTHER },
      });
      put((one) =>
        one.key === column.key ? { ...one, items: [...one.items, ...page.items], next: page.next } : one,
      );
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(null);
  };

  /** Along its process by the verb that asks for what the gate misses; any other field as in a list. */
  const moved = async (row: CustomerRow, field: Field, to: string, why: string): Promise<boolean> => {
    if (by !== 'stage' || !to) return (await changeField(row, field, to, labels)) === 'saved';
    return moveStage(row, labels.option('stage', to) ?? { key: to, zh: to, en: to }, why);
  };

  /** Shown at once; a refusal brings the card back with the server's sentence, a question until it is answered. */
  const move = async (row: CustomerRow, to: string, why = '') => {
    const field = labels.field('customer', by);
    const from = (row as unknown as Record<string, string>)[by] ?? '';
    if (!field || from === to) return true;
    const before = queryClient.getQueryData<Board>(key);
    const amount = row.amount ?? 0;
    put((column) => {
      const sum = (by_: number) => (column.amount === null ? null : column.amount + by_);
      if (column.key === from)
        return {
          ...column,
          count: column.count - 1,
          amount: sum(-amount),
          items: column.items.filter((one) => one.id !== row.id),
        };
      if (column.key === to)
        return { ...column, count: column.count + 1, amount: sum(amount), items: [row, ...column.items] };
      return column;
    });
    showValues(row.id, { [by]: to });
    const back = () => {
      queryClient.setQueryData(key, before);
      showValues(row.id, { [by]: from });
    };
    try {
      if (await moved({ ...row, [by]: from }, field, to, why)) return true;
      back();
    } catch (failure) {
      back();
      sayFailure(failure);
    }
    return false;
  };
  return { board, more, move, busy };
}
