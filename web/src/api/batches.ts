import { api } from './client';
import type { Id, Named, Words } from './types';

/** What a bulk change would do, said before it does it. */
export interface BatchPreview {
  verb: string;
  ids: Id[];
  cannot: ({ id: Id; name: string } & Words)[];
  counts: Record<string, number>;
  sentences: Words[];
  button: Words;
}
/** To whom the actor may give customers, and whether that is everybody. */
export interface Offered {
  receivers: Named[];
  anywhere: boolean;
}
export interface MergeField {
  slug: string;
  label: Words;
  values: { id: Id; value: unknown }[];
  kept: Id;
}
export interface MergePreview extends BatchPreview {
  into: Id;
  customers: { id: Id; name: string; owner: string }[];
  fields: MergeField[];
  joined: { kept: string; gone: string }[];
  moving: Record<string, number>;
}
export interface BatchRow extends Words {
  id: string;
  at: string;
  until: string;
  verb: string;
  rows: number;
  undone_at: string | null;
}
export interface Undone {
  back: number;
  counts: Record<string, number>;
  removed: Record<string, number>;
  stay: ({ type: string; id: Id; name: string } & Words)[];
  stays: number;
  since: Record<string, number>;
}
export interface BinRow {
  id: Id;
  name: string;
  owner?: string | null;
  customer?: Named;
  contact_at?: string;
  deleted_at: string;
  by: string | null;
}
export interface Bin {
  items: BinRow[];
  next: string | null;
  can_restore: boolean;
}
export type BinKind = 'customer' | 'followup';

export interface Asked {
  verb: 'delete' | 'transfer' | 'class' | 'tag' | 'merge';
  ids: Id[];
  to_member_id?: Id | null;
  intent_class?: string;
  add?: string[];
  into?: Id | null;
  choices?: Record<string, Id>;
}

export const previewBatch = <T extends BatchPreview>(asked: Asked) =>
  api.post<T>('/customers/preview', asked);
export const setClass = (ids: Id[], intent_class: string, key?: string) =>
  api.post<{ batch: string }>('/customers/class', { ids, intent_class }, { idempotencyKey: key });
export const mergeCustomers = (body: { ids: Id[]; into: Id; choices: Record<string, Id> }, key: string) =>
  api.post<{ id: Id; batch: string }>('/customers/merge', body, { idempotencyKey: key });
export const askMerge = (customerId: Id, name: string, why: string) =>
  api.post<{ asked: string }>(`/customers/${customerId}/merge-request`, { name, why });
export const listBatches = () => api.get<{ items: BatchRow[] }>('/batches');
export const previewUndo = (batch: string) => api.post<Undone>('/batches/undo', { batch, preview: true });
export const undoBatch = (batch: string) => api.post<Undone>('/batches/undo', { batch });
export const binOf = (kind: BinKind, cursor: string) => api.get<Bin>('/bin', { query: { kind, cursor } });
export const restoreRows = (kind: BinKind, ids: Id[]) =>
  api.post<{ restored: number }>(kind === 'customer' ? '/customers/restore' : '/followups/restore', { ids });
