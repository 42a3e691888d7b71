import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useViews } from '@/api/queries';
import type { Layout, SavedView, ViewTab } from '@/api/types';
import { useMe, useSells } from '@/app/session';
import { fromExpression, joined, type Node, partsOf, toExpression } from '@/lib/filter';
import { isOwn } from '@/lib/own';
import { type ListKind, useKind } from './kind';

export type Sort = string;

interface Parts {
  view: string;
  sort: Sort;
  nodes: Node[];
  q: string;
  layout: Layout;
  by: string;
}
export interface ListState extends Parts {
  set: (change: Partial<Parts>) => void;
  tab: ViewTab | undefined;
  saved: SavedView | undefined;
  /** The orders open to me: none by a field that I may not read. */
  sorts: readonly Sort[];
  /** Filter, order or layout are no longer those of the saved view. */
  changed: boolean;
  /** Back to what the view holds. */
  reset: () => void;
  /** What the API is asked with. */
  query: { view: string; sort: Sort; filter: string | undefined; q: string };
}

/** By a field of the team, in either direction. */
export const ownSort = (sort: string): string | null => {
  const slug = sort.replace(/^-/, '');
  return isOwn(slug) ? slug : null;
};
const known = <T extends string>(value: string | null | undefined, all: readonly T[]): T | undefined =>
  all.find((one) => one === value);

/** How the rows of a list can be laid out. */
export const layoutsOf = (kind: ListKind): Layout[] => [
  'list',
  ...(kind.boards.length ? (['board'] as const) : []),
  ...(kind.dates?.length ? (['calendar'] as const) : []),
];

/** View, order, conditions and layout live in the address, so that a list can be sent to a colleague. A saved view
 *  says them where the address does not. */
export function useListState(): ListState {
  const kind = useKind();
  const [params, setParams] = useSearchParams();
  const sells = useSells();
  const { tabs = {} } = useMe();
  const { items: views, sorts: open } = useViews(kind).data ?? {};
  const view = params.get('view') ?? tabs[kind.record] ?? kind.first(sells);
  const tab = views?.find((one) => one.key === view);
  const saved = tab?.saved;
  const raw = params.get('filter');
  const nodes = useMemo(
    () => (raw === null ? partsOf(saved?.filter) : fromExpression(raw)),
    [raw, saved?.filter],
  );
  const all = Object.keys(kind.sorts);
  const asked = params.get('sort') ?? '';
  // Until the list has said which fields it sorts by, one of the team's own is taken at its word.
  const sorts = open
    ? [...all.filter((one) => open.includes(one)), ...open.filter(ownSort)]
    : [...all, ...(ownSort(asked) ? [asked] : [])];
  const usual = kind.usual?.(saved ? saved.base : view) ?? sorts[0] ?? '';
  const sort = known(asked, sorts) ?? known(saved?.sort, sorts) ?? usual;
  const layouts = layoutsOf(kind);
  const layout = known(params.get('layout'), layouts) ?? known(saved?.layout, layouts) ?? 'list';
  const parts = layout === 'calendar' ? (kind.dates ?? []) : kind.boards;
  const by = known(params.get('by'), parts) ?? known(saved?.board_by, parts) ?? parts[0] ?? '';
  const filter = toExpression(nodes);
  const own = raw !== null && filter !== toExpression(partsOf(saved?.filter));
  const changed =
    saved !== undefined &&
    (own ||
      sort !== (known(saved.sort, sorts) ?? usual) ||
      layout !== saved.layout ||
      (layout !== 'list' && by !== (known(saved.board_by, parts) ?? parts[0])));

  const write = (fill: (next: URLSearchParams) => void) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        fill(next);
        return next;
      },
      { replace: true },
    );
  const put = (next: URLSearchParams, name: string, value: string | undefined) => {
    if (value) next.set(name, value);
    else next.delete(name);
  };
  return {
    view,
    sort,
    nodes,
    q: params.get('q') ?? '',
    layout,
    by,
    tab,
    saved,
    sorts,
    changed,
    set: (change) =>
      write((next) => {
        if (change.view !== undefined) {
          // Another tab opens as it is kept.
          for (const name of ['filter', 'sort', 'layout', 'by']) next.delete(name);
          next.set('view', change.view);
        }
        if (change.sort !== undefined) next.set('sort', change.sort);
        if (change.layout !== undefined) {
          next.set('layout', change.layout);
          next.delete('by');
        }
        if (change.by !== undefined) next.set('by', change.by);
        if (change.q !== undefined) put(next, 'q', change.q);
        // An empty filter of a saved view is a change too, so it stands in the address.
        if (change.nodes !== undefined) {
          const expression = toExpression(change.nodes);
          if (expression || saved) next.set('filter', expression ?? '');
          else next.delete('filter');
        }
      }),
    reset: () =>
      write((next) => {
        for (const name of ['filter', 'sort', 'layout', 'by']) next.delete(name);
      }),
    query: own
      ? { view: saved ? saved.base : view, sort, filter, q: params.get('q') ?? '' }
      : { view, sort, filter: saved || raw === null ? undefined : filter, q: params.get('q') ?? '' },
  };
}

/** The whole filter as the server keeps it. */
export const filterOf = (state: ListState): Node | null => joined(state.nodes);
