import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys, queryClient, refreshWork } from './queries';
import type { Id, Named, Precision, Words } from './types';

export interface Cap {
  used: number;
  /** Null: as many as one likes. */
  most: number | null;
}
export interface Pools {
  total: number;
  last_night: number;
  pools: (Named & { count: number })[];
  caps: {
    today: Cap;
    held: Cap;
    untouched: Cap;
    first: (Named & { due_at: string }) | null;
  } | null;
  can: { claim: boolean; story: boolean; put_back: boolean; assign: boolean; rules: boolean };
}
export const REASONS = ['contact', 'progress', 'unsigned', 'cap', 'untouched', 'hand', 'undone'] as const;
export type Reason = (typeof REASONS)[number];
export interface Pooled {
  id: Id;
  name: string;
  intent_class: string;
  industry: string;
  region: string;
  size: string;
  amount: number | null;
  currency: string | null;
  last_words: string;
  pool: Named;
  at: string;
  key: Reason;
  reason: Words;
  why: string;
  former: Named | null;
  mine: boolean;
  records: number;
  cool_until: string | null;
  asks: boolean;
}
export interface Story {
  customer: Pooled & {
    terms: { first_workdays: number | null; first_by: string | null; cooldown_days: number };
  };
  told: boolean;
  people?: { name: string; title: string; decision_role: string; phone: string; wechat: string }[];
  sticking?: { text: string; at: string; answered: boolean }[];
  promised?: { id: Id; act: string; due_at: string; precision: Precision; overdue: boolean }[];
  known?: Words[];
  talks?: {
    id: Id;
    at: string;
    precision: Precision;
    channel: string;
    attempt: string | null;
    by: string | null;
    words: string;
  }[];
  more?: boolean;
}
export interface PoolAsked {
  pool_id?: Id;
  key?: Reason;
  q?: string;
  filter?: string;
}
export interface PoolValues {
  id: Id | null;
  name: string;
  condition: unknown;
  department_ids: Id[];
  days_contact: number | null;
  days_progress: number | null;
  days_unsigned: number | null;
  /** Takes what somebody has above the cap, longest without contact first. */
  over_held: boolean;
  warn_days: number;
  cooldown_days: number;
  first_workdays: number | null;
  ask_classes: string[];
}
export interface PoolRule extends PoolValues {
  departments: Named[];
  wrong: Words | null;
  count: number;
}
export interface PoolCaps {
  claims_a_day: number | null;
  most_held: number | null;
  most_untouched: number | null;
}
export interface PoolPlan extends PoolCaps {
  version: number;
  pools: PoolRule[];
  /** Who holds more than he may. */
  over: (Named & { most: number; held: number })[];
}
export interface PoolsPreview {
  tonight: number;
  warned: number;
  held: number;
  more: boolean;
  pools: { tonight: number; warned: number }[];
  people: (Named & { count: number })[];
}

const POOLS = ['pools'] as const;
export const POOL_RULES = ['pools', 'rules'] as const;
export const usePools = () => useQuery({ queryKey: POOLS, queryFn: () => api.get<Pools>('/pools') });
export const usePooled = (asked: PoolAsked) =>
  useInfiniteQuery({
    queryKey: [...POOLS, 'list', asked],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<{ items: Pooled[]; next: string | null; count: number }>('/pools/customers', {
        query: { ...asked, cursor: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (old) => old,
  });
export const useStory = (id: Id | null) =>
  useQuery({
    queryKey: [...POOLS, 'story', id],
    queryFn: () => api.get<Story>(`/pools/customers/${id}`),
    enabled: id !== null,
    retry: false,
  });
export const usePoolPlan = () =>
  useQuery({
    queryKey: POOL_RULES,
    queryFn: () => api.get<PoolPlan>('/pools/rules'),
    refetchOnWindowFocus: false,
  });
export const savePools = (version: number, caps: PoolCaps, pools: PoolValues[]) =>
  api.put<{ version: number }>('/pools/rules', { version, ...caps, pools });
export const previewPools = (pools: PoolValues[]) =>
  api.post<PoolsPreview>('/pools/rules/preview', { pools });

export const claimCustomer = (id: Id, first_at: string | null) =>
  api.post<{ id: Id; due_at: string | null }>(`/pools/customers/${id}/claim`, {
    first_at,
    precision: 'minute',
  });
export const askForCustomer = (id: Id, why: string) =>
  api.post<{ asked: string }>(`/pools/customers/${id}/ask`, { why });
export const putBack = (ids: Id[], why: string, key: string) =>
  api.post<{ returned: number; batch: string }>('/pools/put-back', { ids, why }, { idempotencyKey: key });

/** Whatever shows pools or the customers that came out of one or went in. */
export function refreshPools(id?: Id): void {
  void queryClient.invalidateQueries({ queryKey: POOLS });
  void queryClient.invalidateQueries({ queryKey: keys.views });
  refreshWork(id);
}
