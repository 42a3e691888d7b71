import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { keys } from '@/api/queries';
import type { CustomerRow, Page } from '@/api/types';
import { useSells } from '@/app/session';
import { type Condition, fromExpression, toExpression } from '@/lib/filter';

export const SORTS = ['next_due', '-last_contact', '-amount', 'name', '-created'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListState {
  view: string;
  sort: Sort;
  conditions: Condition[];
  q: string;
  set: (change: Partial<Pick<ListState, 'view' | 'sort' | 'conditions' | 'q'>>) => void;
}

/** View, order and conditions live in the address, so that a list can be sent to a colleague. */
export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const sells = useSells();
  const sort = params.get('sort') as Sort | null;
  const raw = params.get('filter');
  const conditions = useMemo(() => fromExpression(raw), [raw]);
  return {
    view: params.get('view') ?? (sells ? 'mine' : 'team'),
    sort: sort && SORTS.includes(sort) ? sort : 'next_due',
    conditions,
    q: params.get('q') ?? '',
    set: (change) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (change.view !== undefined) next.set('view', change.view);
          if (change.sort !== undefined) next.set('sort', change.sort);
          if (change.q !== undefined) {
            if (change.q) next.set('q', change.q);
            else next.delete('q');
          }
          if (change.conditions !== undefined) {
            const expression = toExpression(change.conditions);
            if (expression) next.set('filter', expression);
            else next.delete('filter');
          }
          return next;
        },
        { replace: true },
      ),
  };
}

/** The rows, 50 at a time. The count comes with the first page only. */
export function useRows(state: ListState) {
  const filter = toExpression(state.conditions);
  const query = useInfiniteQuery({
    queryKey: [...keys.customers, state.view, state.sort, filter ?? '', state.q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CustomerRow>>('/customers', {
        query: {
          view: state.view,
          sort: state.sort,
          filter,
          q: state.q,
          cursor: pageParam,
          limit: 50,
          count: pageParam ? undefined : 1,
        },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (old) => old,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const first = query.data?.pages[0];
  return { query, rows, total: first?.total ?? null, capped: first?.total_capped ?? false };
}
