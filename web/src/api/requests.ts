import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { refreshOwnership } from './ownership';
import { queryClient } from './queries';
import type { Id, Named, Precision, Words } from './types';

export type RequestState =
  | 'open'
  | 'accepted'
  | 'asked_back'
  | 'delivered'
  | 'declined'
  | 'done'
  | 'refused'
  | 'withdrawn';
export type RequestAct =
  | 'take'
  | 'ask_back'
  | 'reply'
  | 'answer'
  | 'confirm'
  | 'reopen'
  | 'decline'
  | 'give'
  | 'move'
  | 'withdraw';
export interface Said {
  what: 'back' | 'reply' | 'answer' | 'reopen' | 'decline';
  by: Named;
  at: string;
  text: string;
}
/** A request to a colleague or another department about a customer. */
export interface Help {
  id: Id;
  version: number;
  kind: { key: string } & Words;
  question: string;
  background: string;
  expectation: string;
  answer: string;
  state: RequestState;
  /** Whose turn it is; empty when it is settled. */
  ball: '' | 'asker' | 'helper' | 'department' | 'head';
  ball_at: string;
  late: boolean;
  asked_by: Named;
  helper: Named | null;
  department: Named | null;
  holder: Named | null;
  customer: Named & { seen: boolean };
  asked_at: string;
  due_at: string;
  precision: Precision;
  responded_at: string | null;
  response_minutes: number | null;
  answered_at: string | null;
  worked_minutes: number;
  settled_at: string | null;
  said: Said[];
  files: { id: Id; name: string; size: number; delivered: boolean }[];
  can: Record<RequestAct, boolean>;
}
export type Side = 'asked' | 'given';
export interface RequestPage {
  items: Help[];
  next: string | null;
  counts: Record<Side, number>;
  can: { figures: boolean };
}
export interface KindOf extends Words {
  key: string;
  department_id: Id | null;
  due_at: string;
  precision: Precision;
  background: boolean;
  expectation: boolean;
  confirm: boolean;
}
export interface Proposal {
  kinds: KindOf[];
  staffed: Id[];
  needs: string[];
  record: { contact_at: string | null; summary: string; feedback: string } | null;
}
export interface Measured {
  asked: number;
  open: number;
  refused: number;
  delivered: number;
  in_time: number;
  overdue: number;
  response_minutes: number | null;
  delivery_minutes: number | null;
  in_time_share: number | null;
}
export interface Figures {
  days: number;
  items: (Measured & { department: Named | null; kind: { key: string } & Words })[];
  total: Measured;
}
export interface AskBody {
  kind: string;
  question: string;
  background: string;
  expectation: string;
  helper_id: Id | null;
  department_id: Id | null;
  due_at: string | null;
  precision: Precision;
  file_ids: Id[];
}

const REQUESTS = ['requests'] as const;

export const useProposal = (customerId: Id) =>
  useQuery({
    queryKey: ['customers', 'one', customerId, 'help-new'],
    queryFn: () => api.get<Proposal>(`/customers/${customerId}/help/new`),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
export const useRequests = (side: Side, state: 'open' | 'settled', id: Id | null) =>
  useInfiniteQuery({
    queryKey: [...REQUESTS, side, state, id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<RequestPage>('/requests', { query: { side, state, id: id ?? undefined, cursor: pageParam } }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
export const useFigures = (enabled: boolean) =>
  useQuery({
    queryKey: [...REQUESTS, 'figures'],
    queryFn: () => api.get<Figures>('/requests/figures'),
    enabled,
  });

export const askHelp = (customerId: Id, body: AskBody) =>
  api.post<{ id: Id }>(`/customers/${customerId}/help`, body);

const CALLS: Record<RequestAct, (id: Id, body?: object) => Promise<void>> = {
  take: (id) => api.post<void>(`/help/${id}/take`),
  ask_back: (id, body) => api.post<void>(`/help/${id}/ask-back`, body),
  reply: (id, body) => api.post<void>(`/help/${id}/reply`, body),
  answer: (id, body) => api.post<void>(`/help/${id}/answer`, body),
  confirm: (id) => api.post<void>(`/help/${id}/confirm`),
  reopen: (id, body) => api.post<void>(`/help/${id}/reopen`, body),
  decline: (id, body) => api.post<void>(`/help/${id}/decline`, body),
  give: (id, body) => api.post<void>(`/help/${id}/give`, body),
  move: (id, body) => api.post<void>(`/help/${id}/due`, body),
  withdraw: (id) => api.post<void>(`/help/${id}/withdraw`),
};
/** One verb on a request; everything that shows it is asked again. */
export async function act(help: Help, verb: RequestAct, body?: object): Promise<void> {
  await CALLS[verb](help.id, body);
  refreshRequests(help.customer.id);
}
export function refreshRequests(customerId: Id): void {
  refreshOwnership(customerId);
  void queryClient.invalidateQueries({ queryKey: REQUESTS });
}
