import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import type { CustomerRow, Page } from '@/api/types';
import type { ListState } from '@/components/list/list-state';

/** The first page comes quickly, those behind it hold more. */
export const FIRST = 50;
const FURTHER = 200;
/** So many pages below those in sight are read, once somebody scrolls: a list that is only looked at is one page. */
const AHEAD = 2;
/** Pages that are out of sight are kept for so long. */
const KEPT_MS = 60_000;

export const pageAt = (index: number): number =>
  index < FIRST ? 0 : 1 + Math.floor((index - FIRST) / FURTHER);
export const startOf = (page: number): number => (page === 0 ? 0 : FIRST + (page - 1) * FURTHER);
const sizeOf = (page: number): number => (page === 0 ? FIRST : FURTHER);

export interface Rows {
  /** The row, or nothing while its page is on the way. */
  at: (index: number) => CustomerRow | undefined;
  /** How many rows are known to be there. */
  count: number;
  /** More may stand behind them. */
  more: boolean;
  total: number | null;
  capped: boolean;
  pending: boolean;
  /** What is shown is still that of the view before. */
  stale: boolean;
  /** Why there is nothing to show. */
  error: Error | null;
  /** Why what is shown may be old, or ends before its end. */
  trouble: { failure: Error; further: boolean } | null;
  updatedAt: number;
  refetch: () => void;
  /** Tell which rows are in sight, so that pages come before they are needed. */
  look: (first: number, last: number) => void;
  loaded: () => CustomerRow[];
  /** The first rows of the list, as many as one may choose at once. */
  first: (most: number) => Promise<CustomerRow[]>;
}

type Query = ListState['query'];
type Answer = Page<CustomerRow>;

const keyOf = (query: Query, page: number, cursor: string) =>
  [...keys.customers, query.view, query.sort, query.filter ?? '', query.q, page, cursor] as const;

function options(query: Query, page: number, cursor: string) {
  return {
    queryKey: keyOf(query, page, cursor),
    queryFn: ({ signal }: { signal?: AbortSignal }) =>
      api.get<Answer>('/customers', {
        query: { ...query, cursor, limit: sizeOf(page), count: page === 0 ? 1 : undefined },
        signal,
      }),
    gcTime: page === 0 ? undefined : KEPT_MS,
  };
}

/** The rows of a list by index. Only pages in sight and beside it are asked for; a page needs the cursor of the one
 *  before it, so the list grows as one scrolls, and what was left behind is forgotten and read again. */
export function useRows(query: Query): Rows {
  const name = JSON.stringify(query);
  const [sight, setSight] = useState<[low: number, high: number, ahead: number]>([0, 0, 0]);
  const cursors = useRef<{ name: string; list: string[] }>({ name, list: [''] });
  if (cursors.current.name !== name) cursors.current = { name, list: [''] };
  const [, grown] = useState(0);
  const known = cursors.current.list;
  const [low, high, ahead] = known.length === 1 ? [0, 0, 0] : sight;
  const wanted = useMemo(() => {
    const pages = new Set([0]);
    for (let page = Math.max(0, low - 1); page <= high + ahead; page += 1)
      if (page < known.length) pages.add(page);
    return [...pages].sort((a, b) => a - b);
  }, [low, high, ahead, known.length]);
  const results = useQueries({
    queries: wanted.map((page) => options(query, page, known[page] ?? '')),
  });
  const found = new Map(wanted.map((page, at) => [page, results[at]?.data] as const));
  const first = results[0];
  const failed = results.find((one) => one.error)?.error;

  // A page that has come says where the next one begins.
  useEffect(() => {
    const list = cursors.current.list;
    let changed = false;
    for (const [page, data] of found) {
      const next = data?.next;
      if (!data || next === list[page + 1]) continue;
      if (next) list[page + 1] = next;
      else if (list.length > page + 1) list.length = page + 1;
      else continue;
      changed = true;
    }
    if (changed) grown((count) => count + 1);
  });

  const last = useRef<Answer | undefined>(undefined);
  if (first?.data) last.current = first.data;
  const stale = !first?.data && last.current !== undefined;
  const head = first?.data ?? last.current;
  const pageData = (page: number): Answer | undefined =>
    page === 0
      ? head
      : (found.get(page) ?? queryClient.getQueryData<Answer>(keyOf(query, page, known[page] ?? '')));
  const tail = known.length - 1;
  const end = pageData(tail);
  const more = !stale && (tail > 0 || head !== undefined) && (end === undefined || Boolean(end.next));
  const exact = head?.total !== null && head?.total !== undefined && !head.total_capped ? head.total : null;
  // What was counted needs no guess about a page that nobody has read.
  const guess = exact === null ? sizeOf(tail) : 0;
  const reached =
    stale || tail === 0 ? (head?.items.length ?? 0) : startOf(tail) + (end?.items.length ?? guess);
  const count = !stale && exact !== null && more ? Math.max(exact, reached) : reached;

  return {
    at: (index) => pageData(pageAt(index))?.items[index - startOf(pageAt(index))],
    count,
    more,
    total: head?.total ?? null,
    capped: head?.total_capped ?? false,
    pending: head === undefined && Boolean(first?.isPending),
    stale,
    error: first?.data ? null : (first?.error ?? null),
    trouble: failed && first?.data ? { failure: failed, further: !first.error } : null,
    updatedAt: first?.dataUpdatedAt ?? 0,
    refetch: () => void queryClient.invalidateQueries({ queryKey: keys.customers }),
    look: (from, to) => {
      const next: typeof sight = [pageAt(from), pageAt(to), from > 0 ? AHEAD : 0];
      setSight((old) => (old.every((one, at) => one === next[at]) ? old : next));
    },
    loaded: () => known.flatMap((_, page) => pageData(page)?.items ?? []),
    first: async (most) => {
      const rows: CustomerRow[] = [];
      let cursor: string | null = '';
      for (let page = 0; cursor !== null && rows.length < most; page += 1) {
        const answer: Answer = await queryClient.fetchQuery({
          ...options(query, page, cursor),
          staleTime: 30_000,
        });
        rows.push(...answer.items);
        cursor = answer.next;
      }
      return rows.slice(0, most);
    },
  };
}
