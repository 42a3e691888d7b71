import { useQuery } from '@tanstack/react-query';
import type { Node } from '@/lib/filter';
import type { AskedField } from './approval-requests';
import { api } from './client';
import { queryClient } from './queries';
import type { Id, Named, Words } from './types';

export type FlowWho = 'superior' | 'head' | 'department' | 'role' | 'member';
export interface By {
  who: FlowWho;
  id?: Id;
  role?: string;
}
export interface Stage {
  name: string;
  by: By[];
  need: 'all' | 'any';
  skip?: Node;
  workdays: number;
}
export interface FlowBody {
  name: string;
  kind: string;
  purpose: string;
  on: boolean;
  fields: AskedField[];
  starters: string[];
  condition?: Node;
  stages: Stage[];
  watch: string[];
}
export interface Flow {
  id: Id;
  version: number;
  updated_at: string;
  body: FlowBody;
  warnings: (Words & { field: string })[];
}
export interface Flows {
  items: Flow[];
  kinds: (Words & { key: string; fields: string[]; watched: string[] })[];
  purposes: (Words & { key: string })[];
  roles: (Words & { key: string })[];
  people: Named[];
  can: { save: boolean; remove: boolean; order: boolean };
}

const KEY = ['approval-flows'];
export const useFlows = () => useQuery({ queryKey: KEY, queryFn: () => api.get<Flows>('/approval-flows') });
export const refreshFlows = () => queryClient.invalidateQueries({ queryKey: KEY });
export const makeFlow = (body: FlowBody) =>
  api.post<{ id: Id; version: number }>('/approval-flows', { body });
export const saveFlow = (id: Id, version: number, body: FlowBody) =>
  api.put<{ id: Id; version: number }>(`/approval-flows/${id}`, { version, body });
export const removeFlow = (id: Id, version: number) => api.delete(`/approval-flows/${id}?version=${version}`);
export const orderFlows = (ids: Id[]) => api.put('/approval-flows/order', { ids });
