import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Words } from './types';

/** What a request asks for; amounts in fen. */
export interface Asked {
  amount?: number;
  percent?: number;
  days?: number;
  text?: string;
}
export type AskedField = 'amount' | 'percent' | 'days';
export interface Link {
  id: Id;
  position: number;
  name: string;
  mode: 'all' | 'any';
  state: 'waiting' | 'open' | 'passed' | 'returned' | 'refused' | 'skipped';
  /** What happened to it: own, nobody, left, away, delegated, before, condition. */
  why: string;
  chosen_by: string;
  role: string;
  member: Named | null;
  instead: string;
  decided_by: string;
  decided_at: string | null;
  due_at: string | null;
}
export interface Said {
  id: Id;
  verdict: string;
  note: string;
  round: number;
  at: string;
  by: string;
  by_id: Id | null;
  step_id: Id | null;
  about: { to?: string | number; place?: string; position?: number; before?: boolean; request?: Asked };
}
export interface ApprovalRequest {
  id: Id;
  version: number;
  purpose: string;
  title: string;
  state: 'open' | 'returned' | 'passed' | 'refused' | 'withdrawn' | 'lapsed';
  round: number;
  asked_at: string;
  decided_at: string | null;
  request: Asked;
  note: string;
  flow: string;
  asker: Named;
  author: Named;
  /** Named and told while it is lent to me, or where I see it anyway (`open`). */
  subject: Words & {
    type: string;
    id: Id | null;
    name: string;
    version: number | null;
    facts: (Words & { slug: string; value: Words })[];
    open: boolean;
  };
  steps: Link[];
  said: Said[];
  due_at: string | null;
  can: { decide: boolean; back_to: number[]; recall: boolean; again: boolean; remind: boolean };
}
export type Side = 'mine' | 'asked' | 'done';
export interface Purpose extends Words {
  key: string;
  fields: AskedField[];
}
export interface SampleStep {
  position: number;
  name: string;
  mode: 'all' | 'any';
  member: Named | null;
  chosen_by: string;
  role: string;
  why: string;
}
export interface Sample {
  applies: boolean;
  flow: string;
  steps: SampleStep[];
  stuck: boolean;
}
export interface StandIn {
  delegate: Named;
  since: string;
  until: string;
}

const keys = {
  all: ['approval-requests'] as const,
  list: (side: Side) => ['approval-requests', 'list', side] as const,
  one: (id: Id) => ['approval-requests', 'one', id] as const,
};

export const useRequests = (side: Side) =>
  useQuery({
    queryKey: keys.list(side),
    queryFn: () =>
      api.get<{ items: ApprovalRequest[]; count: number }>('/approval-requests', { query: { which: side } }),
  });
export const useRequest = (id: Id | null) =>
  useQuery({
    queryKey: keys.one(id ?? 0),
    queryFn: () => api.get<ApprovalRequest>(`/approval-requests/${id}`),
    enabled: id !== null,
  });
export const useRequestsOf = (type: string, id: Id) =>
  useQuery({
    queryKey: [...keys.all, 'of', type, id],
    queryFn: () =>
      api.get<{ items: ApprovalRequest[]; purposes: Purpose[] }>(`/approval-requests/of/${type}/${id}`),
  });
export const useApprovers = (wanted = true) =>
  useQuery({
    queryKey: [...keys.all, 'colleagues'],
    queryFn: () => api.get<{ items: Named[]; stand_in: StandIn | null }>('/approval-requests/colleagues'),
    enabled: wanted,
  });

export const askApproval = (body: { subject_type: string; subject_id: Id; purpose: string } & Asked) =>
  api.post<{ id: Id; state: string }>('/approval-requests', body);
export const sampleApproval = (body: Record<string, unknown>) =>
  api.post<Sample>('/approval-requests/sample', body);
type Body = Record<string, unknown>;
type Answer = Promise<{ state: string }>;
/** The verbs on a request by name, as buttons and dialogs call them. */
export const requestVerbs = {
  approve: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/approve`, body),
  refuse: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/refuse`, body),
  sendBack: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/send-back`, body),
  sign: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/signers`, body),
  delegate: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/delegate`, body),
  recall: (id: Id): Answer => api.post(`/approval-requests/${id}/recall`),
  again: (id: Id, body: Body): Answer => api.post(`/approval-requests/${id}/again`, body),
  remind: (id: Id): Answer => api.post(`/approval-requests/${id}/remind`),
};
export const setStandIn = (body: { delegate_id: Id | null; since?: string; until?: string }) =>
  api.put<{ moved: number }>('/approval-requests/stand-in', body);

/** Whatever shows requests, counts or to-dos is asked again. */
export function refreshRequests(): void {
  void queryClient.invalidateQueries({ queryKey: keys.all });
  void queryClient.invalidateQueries({ queryKey: ['approvals'] });
  refreshWork();
}
