import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { WithOwn } from './fields';
import { queryClient } from './queries';
import type { AgendaItem, Id, Named, Words } from './types';

/** Rows of a team's own record types. */
export const RECORDS = ['own-records'] as const;
export const TYPES = ['record-types'] as const;

export interface RecordState extends Words {
  key: string;
  color: string;
  closed: boolean;
  /** What may follow; null: any other. */
  next: string[] | null;
}
export type CustomerMode = 'required' | 'optional' | 'none';
export interface RecordType {
  slug: string;
  label: Words;
  version: number;
  retired: boolean;
  customer: CustomerMode;
  states: RecordState[];
  can: { create: boolean; shape: boolean; retire: boolean };
}
/** A link of a row: without an id there is one that the reader may not see. */
export interface Linked {
  id: Id | null;
  name: string;
  masked?: boolean;
}
export interface OwnRow extends WithOwn {
  id: Id;
  version: number;
  type: string;
  number: number;
  name: string;
  state: string;
  state_at: string;
  customer: Linked | null;
  contact: Linked | null;
  owner: Named | null;
  department: Named | null;
  created_at: string;
  updated_at: string;
  editable: boolean;
}
export interface OwnRecord extends OwnRow {
  /** States that may follow. */
  next: string[];
  todos: AgendaItem[];
  can: { update: boolean; move: boolean; assign: boolean; delete: boolean; plan: boolean };
}
export interface OwnColumn extends Words {
  key: string;
  color: string;
  closed: boolean;
  count: number;
  capped: boolean;
  items: OwnRow[];
  next: string | null;
}
export interface OwnBoard {
  by: string;
  columns: OwnColumn[];
}
export interface OwnLinked {
  types: { type: string; label: Words; items: OwnRow[]; more: boolean }[];
}
/** A state as it is sent: a new one comes without a key, and `next` may name it by its words. */
export type StateIn = Partial<Words> & {
  zh: string;
  key?: string;
  color?: string;
  closed?: boolean;
  next?: string[];
};

export const pathOf = (type: string): string => `/records/${type}`;
export const keysOf = (type: string) => [...RECORDS, type] as const;

export const useRecordTypes = (enabled = true) =>
  useQuery({
    queryKey: TYPES,
    queryFn: () => api.get<{ items: RecordType[]; can: { create: boolean } }>('/record-types'),
    staleTime: 60_000,
    enabled,
  });
export const useOwnRecord = (type: string, id: Id) =>
  useQuery({
    queryKey: [...keysOf(type), 'one', id],
    queryFn: () => api.get<OwnRecord>(`${pathOf(type)}/${id}`),
  });
export const useLinkedRecords = (customer: Id) =>
  useQuery({
    queryKey: [...RECORDS, 'of', customer],
    queryFn: () => api.get<OwnLinked>(`/customers/${customer}/records`),
  });

type Values = Record<string, unknown>;
export const makeType = (body: {
  zh: string;
  en: string;
  customer: CustomerMode;
  states: StateIn[];
}): Promise<{ record_type: string }> => api.post('/record-types', body);
export const retireType = (type: string, version: number, retired: boolean): Promise<unknown> =>
  api.post(`/record-types/${type}/retire`, { version, retired });
export const makeRecord = (type: string, values: Values, key: string) =>
  api.post<{ id: Id; number: number }>(pathOf(type), values, { idempotencyKey: key });
export const changeRecord = (type: string, id: Id, version: number, values: Values) =>
  api.patch<unknown>(`${pathOf(type)}/${id}`, { version, ...values });
export const moveRecords = (
  type: string,
  ids: readonly Id[],
  state: string,
  more: { version?: number; values?: Values } = {},
) => api.post<{ changed: number; batch: string }>(`${pathOf(type)}/move`, { ids, state, ...more });
export const planRecord = (type: string, id: Id, body: { act: string; due_at: string; precision: 'day' }) =>
  api.post<unknown>(`${pathOf(type)}/${id}/todos`, body);

/** After rows of a type have changed. */
export async function refreshRecords(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: RECORDS });
}
