import { useQuery } from '@tanstack/react-query';
import type { BatchPreview } from './batches';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Help } from './requests';
import type { Id, Named, Precision, Words } from './types';

export type Way = 'turns' | 'load' | 'fixed';
export type LimitClock = 'work_hours' | 'hours' | 'workdays';
export type Then = 'next' | 'back';
/** One rule as it is sent; `condition` is a filter expression, null for the rest. */
export interface RuleValues {
  id: Id | null;
  name: string;
  condition: unknown;
  way: Way;
  department_id: Id | null;
  member_ids: Id[];
  most_open: number | null;
  amount: number | null;
  clock: LimitClock;
  otherwise: Then;
}
export interface Rule extends RuleValues {
  wrong: Words | null;
  people: Named[];
  last: string | null;
  mine: boolean;
}
export interface Plan {
  version: number;
  on: boolean;
  rules: Rule[];
  /** Departments to which the actor's rules may give; null = all. */
  within: Id[] | null;
}
export interface Share {
  id: Id;
  name: string;
  count: number;
  open: number;
}
export interface RulesPreview {
  total: number;
  nobody: number;
  without_region: number;
  rules: number[];
  people: Omit<Share, 'open'>[];
  items: {
    id: Id;
    name: string;
    region: string;
    source: string;
    rule: number | null;
    member: Named | null;
    reason: Words;
    owner: Named | null;
  }[];
}
export interface LogRow {
  id: Id;
  at: string;
  customer: Named | null;
  member: Named;
  by: string | null;
  rule: Named | null;
  reason: Words;
  why: string;
  due_at: string | null;
  state: 'taken' | 'waiting' | 'late' | 'moved' | 'undone' | 'none';
  taken_at: string | null;
}
export interface ReceiverRow extends Named {
  department: Named;
  open: number;
  waiting: number;
  most_open: number | null;
  away_until: string | null;
}
export interface Ownership {
  takeup: { owner: Named; due_at: string; precision: Precision; given_at: string; mine: boolean } | null;
  help: Help[];
  can: { assign: boolean; ask: boolean; share: boolean };
}
export interface AssignAsked {
  ids: Id[];
  by: 'hand' | 'rules';
  member_ids: Id[];
  amount: number | null;
  clock: LimitClock;
  otherwise: Then;
  why: string;
}
export interface AssignPreview extends BatchPreview {
  shares: Share[];
}

export const PLAN = ['assignments', 'rules'] as const;
export const LOG = ['assignments', 'log'] as const;
export const RECEIVERS = ['assignments', 'receivers'] as const;
const ownershipKey = (id: Id) => ['customers', 'one', id, 'ownership'] as const;

export const usePlan = (enabled: boolean) =>
  useQuery({
    queryKey: PLAN,
    queryFn: () => api.get<Plan>('/assignments/rules'),
    enabled,
    refetchOnWindowFocus: false,
  });
export const savePlan = (version: number, on: boolean, rules: RuleValues[]) =>
  api.put<{ version: number }>('/assignments/rules', { version, on, rules });
export const previewRules = (rules: RuleValues[]) =>
  api.post<RulesPreview>('/assignments/rules/preview', { rules });
export const logOf = (memberId: Id | null, cursor: string) =>
  api.get<{ items: LogRow[]; next: string | null }>('/assignments', {
    query: { member_id: memberId ?? undefined, cursor },
  });
export const useReceivers = (enabled = true) =>
  useQuery({
    queryKey: RECEIVERS,
    queryFn: () => api.get<{ items: ReceiverRow[] }>('/assignments/receivers'),
    enabled,
  });
export const saveReceiver = (id: Id, away_until: string | null, most_open: number | null) =>
  api.put<void>(`/assignments/receivers/${id}`, { away_until, most_open });
export const previewAssign = (asked: AssignAsked) => api.post<AssignPreview>('/assignments/preview', asked);
export const assignCustomers = (asked: AssignAsked, key: string) =>
  api.post<{ assigned: number; nobody: ({ id: Id } & Words)[]; batch: string }>('/assignments', asked, {
    idempotencyKey: key,
  });

export const useOwnership = (id: Id) =>
  useQuery({ queryKey: ownershipKey(id), queryFn: () => api.get<Ownership>(`/customers/${id}/ownership`) });
/** 接手: everything that shows the customer or the to-do is asked again. */
export async function takeUp(id: Id): Promise<void> {
  await api.post<void>(`/customers/${id}/take-up`);
  refreshOwnership(id);
}

export function refreshOwnership(id?: Id): void {
  refreshWork(id);
  void queryClient.invalidateQueries({ queryKey: ['assignments'] });
}
