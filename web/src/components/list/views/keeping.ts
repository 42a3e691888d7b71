import { queryClient, VIEWED } from '@/api/queries';
import type { SavedView } from '@/api/types';
import type { ViewValues } from '@/api/views';
import type { ListKind } from '../kind';
import { filterOf, type ListState } from '../list-state';
import { forgetLook, type Look } from '../look';

/** What the list is now, as a view holds it. */
export function valuesOf(kind: ListKind, state: ListState, look: Look, name: string): ViewValues {
  const ready = state.saved ? state.saved.base : state.view;
  return {
    name,
    // The view of all rows is where every view starts anyway.
    base: kind.whole.includes(ready) ? '' : ready,
    filter: filterOf(state),
    sort: state.sort,
    columns: look.columns,
    density: look.density,
    layout: state.layout,
    board_by: state.layout === 'list' ? '' : state.by,
  };
}

export const refreshViews = () =>
  Promise.all(VIEWED.map((queryKey) => queryClient.invalidateQueries({ queryKey })));

/** Whether columns, widths or density are no longer those of the view. */
export function looksOther(saved: SavedView | undefined, look: Look): boolean {
  if (!saved) return false;
  const held = saved.columns.length ? JSON.stringify(saved.columns) : null;
  return saved.density !== look.density || (held !== null && held !== JSON.stringify(look.columns));
}

/** After a view was saved: the list shows what it holds, nothing of its own. */
export async function settle(state: ListState, key: string): Promise<void> {
  forgetLook(key);
  await refreshViews();
  state.set({ view: key });
}
