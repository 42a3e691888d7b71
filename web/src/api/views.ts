import { api } from './client';
import type { Density, Id, Layout, SavedView, ViewColumn } from './types';

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
interface Kept {
  id: Id;
  version: number;
}

export const createView = (values: ViewValues) =>
  api.post<Kept>('/views', { record_type: 'customer', ...values });
export const updateView = (view: Pick<SavedView, 'id' | 'version'>, values: Partial<ViewValues>) =>
  api.patch<Kept>(`/views/${view.id}`, { version: view.version, ...values });
export const removeView = (id: Id) => api.delete<void>(`/views/${id}`);
export const shareView = (
  view: Pick<SavedView, 'id' | 'version'>,
  shared: SavedView['shared'],
  roles: string[],
) => api.post<Kept>(`/views/${view.id}/share`, { version: view.version, shared, roles });
export const arrangeTabs = (order: string[], role: string | null = null) =>
  api.put<{ keys: string[] }>('/views/order', { record_type: 'customer', keys: order, role });
