import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys, queryClient, refreshWork } from './queries';
import type { Id, Named, Precision, Words } from './types';

export type HandoverState = 'draft' | 'waiting' | 'released' | 'confirmed' | 'undone' | 'withdrawn';
/** How many of a kind hang on the customers, before and after. */
export interface ProofRow extends Words {
  slug: string;
  before: number;
  after: number;
  note: Words;
}
export interface Proof {
  rows: ProofRow[];
  checksum: string;
}
export interface Receiver extends Named {
  active: boolean;
  confirmed_at: string | null;
  many: number;
  read: number;
  /** Customers he works on now, for whoever releases. */
  open?: number;
}
export interface HandoverRow {
  id: Id;
  state: HandoverState;
  many: number;
  everything: boolean;
  effective_on: string;
  reason: string;
  sent_at: string | null;
  released_at: string | null;
  created_at: string;
  giver: Named;
  receivers: Receiver[];
  mine: boolean;
}
export interface Handovers {
  items: HandoverRow[];
  next: string | null;
  waiting: number;
  can: { open: boolean; release: boolean };
}
export interface Handover extends Omit<HandoverRow, 'mine' | 'giver'> {
  version: number;
  leave: boolean;
  giver: Named & { active: boolean };
  giver_at: string | null;
  supervisor: Named | null;
  opener: Named | null;
  released_by: Named | null;
  urgent_why: string;
  rehearsed_at: string | null;
  reminded_at: string | null;
  proof: Proof;
  proven: boolean;
  promises: number;
  undo_until: string | null;
  missing: Named[];
  sentences: Words[];
  whole: boolean;
  can: Record<
    'change' | 'send' | 'withdraw' | 'remind' | 'read' | 'confirm' | 'release' | 'undo' | 'note' | 'say',
    boolean
  >;
}
export interface HandedCustomer {
  id: Id;
  name: string;
  intent_class: string;
  stage: string;
  to: Named;
  read_at: string | null;
  asked: boolean;
  note: boolean;
}
export const SECTIONS = ['decides', 'ours', 'objections', 'next', 'known', 'manner'] as const;
export interface BriefItem {
  text: string;
  detail: string;
  at: string | null;
  precision: Precision | '';
  late: boolean;
  source: { type: string; id: Id };
  who?: string;
  role?: string;
  kind?: string;
  field?: string;
  answered?: boolean;
  fields?: Words;
}
export interface Said {
  what: 'ask' | 'answer';
  by: Id;
  name: string;
  at: string;
  text: string;
}
export interface Brief extends Omit<HandedCustomer, 'asked' | 'note'> {
  note: string;
  said: Said[];
  /** May the reader open the records behind the sentences? */
  opens: boolean;
  records: number;
  sections: { key: (typeof SECTIONS)[number]; items: BriefItem[] }[];
  late: { text: string; at: string; many: number; first_by: string } | null;
}
export interface Choices {
  receivers: Named[];
  givers: Named[];
  anywhere: boolean;
  leave: boolean;
}
export interface HandoverIn {
  giver_id: Id | null;
  customer_ids: Id[];
  everything: boolean;
  leave: boolean;
  to_member_id: Id;
  reason: string;
  effective_on: string | null;
}

const HANDOVERS = ['handovers'] as const;
export const useHandovers = (which: '' | 'open' | 'done') =>
  useInfiniteQuery({
    queryKey: [...HANDOVERS, 'list', which],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<Handovers>('/handovers', { query: { which, cursor: pageParam, limit: 50 } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
/** How many wait for the reader, for the number on the tab. */
export const useHandoversWaiting = (on: boolean) =>
  useQuery({
    queryKey: [...HANDOVERS, 'waiting'],
    queryFn: () => api.get<Handovers>('/handovers', { query: { limit: 1 } }),
    select: (found) => found.waiting,
    enabled: on,
    staleTime: 60_000,
  });
export const useChoices = () =>
  useQuery({
    queryKey: [...HANDOVERS, 'choices'],
    queryFn: () => api.get<Choices>('/handovers/choices'),
    staleTime: 60_000,
  });
export const useHandover = (id: Id) =>
  useQuery({
    queryKey: [...HANDOVERS, id],
    queryFn: () => api.get<Handover>(`/handovers/${id}`),
    retry: false,
  });
export const useHanded = (id: Id) =>
  useInfiniteQuery({
    queryKey: [...HANDOVERS, id, 'customers'],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      api.get<{ items: HandedCustomer[]; next: number | null }>(`/handovers/${id}/customers`, {
        query: { after: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const useBrief = (id: Id, customer: Id | null) =>
  useQuery({
    queryKey: [...HANDOVERS, id, 'brief', customer],
    queryFn: () => api.get<Brief>(`/handovers/${id}/customers/${customer}`),
    enabled: customer !== null,
    retry: false,
  });
/** The customers that somebody holds, to choose from. */
export const useHeldBy = (giver: Id | null, q: string) =>
  useQuery({
    queryKey: [...HANDOVERS, 'held', giver, q],
    queryFn: () =>
      api.get<{
        items: { id: Id; name: string; intent_class: string; stage: string }[];
        next: string | null;
      }>('/customers', {
        query: { filter: JSON.stringify({ field: 'owner', op: 'eq', value: giver }), q, limit: 200 },
      }),
    enabled: giver !== null,
    placeholderData: (old) => old,
  });

export const openHandover = (body: HandoverIn, key: string) =>
  api.post<{ id: Id }>('/handovers', body, { idempotencyKey: key });
export const changeHandover = (
  id: Id,
  body: {
    version: number;
    effective_on?: string;
    to?: { customer_id: Id; member_id: Id }[];
    remove?: Id[];
  },
) => api.patch<{ version: number }>(`/handovers/${id}`, body);
type Done = { batch?: string; moved?: Record<string, number> };
/** What the sides do with a whole hand-over. */
export const acts = {
  rehearse: (id: Id) => api.post<Done>(`/handovers/${id}/rehearse`),
  send: (id: Id) => api.post<Done>(`/handovers/${id}/send`),
  confirm: (id: Id) => api.post<Done>(`/handovers/${id}/confirm`),
  remind: (id: Id) => api.post<Done>(`/handovers/${id}/remind`),
  withdraw: (id: Id) => api.post<Done>(`/handovers/${id}/withdraw`, {}),
  release: (id: Id, body: { urgent?: boolean; why?: string } = {}) =>
    api.post<Done>(`/handovers/${id}/release`, body),
  undo: (id: Id) => api.post<Done>(`/handovers/${id}/undo`),
  read: (id: Id, customer_ids: Id[]) => api.post<Done>(`/handovers/${id}/read`, { customer_ids }),
};
export const sayOf = (id: Id, customer: Id, text: string) =>
  api.post(`/handovers/${id}/customers/${customer}/say`, { text });
export const noteOf = (id: Id, customer: Id, text: string) =>
  api.post(`/handovers/${id}/customers/${customer}/note`, { text });
export const fileOf = (id: Id, path: string, language: string) =>
  `/api/v1/handovers/${id}/${path}${path.includes('?') ? '&' : '?'}language=${language}`;

export function refreshHandovers(): void {
  void queryClient.invalidateQueries({ queryKey: HANDOVERS });
}
/** After customers have moved everything that shows them is read anew. */
export function refreshMoved(): void {
  refreshHandovers();
  void queryClient.invalidateQueries({ queryKey: ['customers'] });
  void queryClient.invalidateQueries({ queryKey: keys.views });
  refreshWork();
}
