import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Id, Named, Words } from './types';

export type Density = 'roomy' | 'tight';
export type Layout = 'list' | 'board' | 'calendar';
export interface ViewColumn {
  key: string;
  /** px; null for the width the column has by itself. */
  width: number | null;
}
/** What a saved view holds. */
export interface ViewValues {
  name: string;
  base: string;
  filter: unknown;
  sort: string;
  columns: ViewColumn[];
  density: Density;
  layout: Layout;
  board_by: string;
}
/** A list as somebody keeps it, without what is gone since (`left_out`). */
export interface SavedView extends ViewValues {
  id: Id;
  version: number;
  shared: 'nobody' | 'roles' | 'all';
  roles: string[];
  owner: Named;
  can: { change: boolean; share: boolean };
  left_out: Words | null;
}
/** A tab over a list: a ready-made view by its name, a saved one by its id. */
export interface ViewTab {
  key: string;
  label: Words;
  count: number;
  capped: boolean;
  saved?: SavedView;
}
export interface CustomerViews {
  items: ViewTab[];
  /** Somebody put the tabs in an order; the first is the one that opens. */
  arranged: boolean;
  /** Orders open to me. */
  sorts: string[];
  summary?: { week_due: number; overdue: number; no_next_step: number } | null;
}
interface Kept {
  id: Id;
  version: number;
}

export const createView = (record: string, values: ViewValues) =>
  api.post<Kept>('/views', { record_type: record, ...values });
export const updateView = (view: Pick<SavedView, 'id' | 'version'>, values: Partial<ViewValues>) =>
  api.patch<Kept>(`/views/${view.id}`, { version: view.version, ...values });
export const removeView = (id: Id) => api.delete<void>(`/views/${id}`);
export const shareView = (
  view: Pick<SavedView, 'id' | 'version'>,
  shared: SavedView['shared'],
  roles: string[],
) => api.post<Kept>(`/views/${view.id}/share`, { version: view.version, shared, roles });
/** The views one may give a role, and the order of its tabs. */
export interface RoleTabs {
  items: SavedView[];
  keys: string[];
}
export const useRoleTabs = (record: string, role: string | null) =>
  useQuery({
    queryKey: ['views', 'role', record, role],
    queryFn: () => api.get<RoleTabs>('/views/role', { query: { record_type: record, role: role ?? '' } }),
    enabled: role !== null,
  });
export const arrangeTabs = (record: string, order: string[], role: string | null = null) =>
  api.put<{ keys: string[] }>('/views/order', { record_type: record, keys: order, role });
