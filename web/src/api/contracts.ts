import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Words } from './types';

export type ContractState = 'draft' | 'in_review' | 'approved' | 'signed' | 'ended' | 'cancelled';
export interface ContractRow {
  id: Id;
  version: number;
  title: string;
  number: string;
  amount: number | null;
  currency: string;
  state: ContractState;
  /** A record told of it; it was not reviewed here. */
  told: boolean;
  note: string;
  signed_on: string | null;
  service_to: string | null;
  received: number | null;
  open: number | null;
  overdue: number | null;
  next_due_on: string | null;
  owner: Named | null;
  customer: Named;
}
export interface Method extends Words {
  key: string;
  retired: boolean;
}
/** What a contract says; the amount in hundredths. */
export interface Terms {
  title: string;
  number: string;
  amount: number | null;
  currency: string;
  signed_on: string | null;
  delivery_period: string;
  service_from: string | null;
  service_to: string | null;
  payment_method: string;
  payment_terms: string;
  terms: string;
  renewal_days: number;
}
export interface CustomerContracts {
  items: ContractRow[];
  agreement: { words: string; due_at: string; owner: string | null } | null;
  told:
    | (Partial<Pick<Terms, 'amount' | 'currency' | 'signed_on' | 'delivery_period' | 'payment_terms'>> & {
        id: Id;
        contract_number: string;
      })
    | null;
  payment_methods: Method[];
  can: { agree: boolean; disagree: boolean; draft: boolean };
}
export interface Part {
  id?: Id;
  position?: number;
  what: string;
  due_on: string;
  amount: number;
  paid?: number;
  state?: 'paid' | 'due' | 'overdue';
}
export interface Paid {
  id: Id;
  received_on: string;
  amount: number;
  note: string;
  created_by__name: string | null;
}
type Act = 'update' | 'submit' | 'sign' | 'cancel' | 'end' | 'renew' | 'plan' | 'receive' | 'unreceive';
export interface Contract extends Terms {
  id: Id;
  version: number;
  state: ContractState;
  told: boolean;
  note: string;
  service_period: string;
  approved_at: string | null;
  signed_at: string | null;
  ended_at: string | null;
  next_due_on: string | null;
  owner: Named | null;
  customer: Named & { seen: boolean };
  renews: { id: Id; title: string } | null;
  renewed: { id: Id; title: string } | null;
  missing: { review: string[]; signature: string[] };
  money: { plan: Part[]; payments: Paid[]; received: number; open: number; overdue: number } | null;
  approval_id: Id | null;
  delivery_id: Id | null;
  payment_methods: Method[];
  can: Record<Act, boolean>;
}
export type Side = 'giver' | 'receiver';
export interface DeliveryText {
  slug: string;
  text: string;
  required: boolean;
  found: { text: string; source: { type: string; id: Id } }[];
}
type SideStand = {
  member: (Named & { active: boolean }) | null;
  seen: number | null;
  at: string | null;
};
export interface Delivery extends Record<Side, SideStand> {
  id: Id;
  version: number;
  state: 'draft' | 'confirmed';
  number: number;
  receiver_left: string;
  meeting_at: string | null;
  contract: { id: Id; title: string };
  customer: Named;
  texts: DeliveryText[];
  can: { update: boolean; appoint: boolean; confirm: boolean };
}
export interface Changed {
  id: Id;
  state: ContractState;
  version: number;
  /** What the change has led to beside itself. */
  notice?: Words | null;
}

const ALL = ['contracts'] as const;
export const useContracts = (state: string, q: string, overdue: boolean) =>
  useInfiniteQuery({
    queryKey: [...ALL, 'list', state, q, overdue],
    queryFn: ({ pageParam }) =>
      api.get<{ items: ContractRow[]; next: string | null }>('/contracts', {
        query: { state, q, overdue: overdue || undefined, cursor: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
export const useContract = (id: Id) =>
  useQuery({ queryKey: [...ALL, 'one', id], queryFn: () => api.get<Contract>(`/contracts/${id}`) });
export const useContractsOf = (id: Id) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'contracts'],
    queryFn: () => api.get<CustomerContracts>(`/customers/${id}/contracts`),
  });
export const useDelivery = (id: Id) =>
  useQuery({ queryKey: [...ALL, 'delivery', id], queryFn: () => api.get<Delivery>(`/deliveries/${id}`) });

export const agreeToBuy = (id: Id, words: string) => api.post<void>(`/customers/${id}/agreement`, { words });
export const takeAgreementBack = (id: Id, why: string) =>
  api.post<void>(`/customers/${id}/agreement/withdraw`, { why });
export const draftContract = (id: Id, terms: Terms & { followup_id?: Id }) =>
  api.post<Changed>(`/customers/${id}/contracts`, terms);
export const changeContract = (id: Id, version: number, terms: Partial<Terms>) =>
  api.patch<Changed>(`/contracts/${id}`, { version, ...terms });
export const submitContract = (id: Id, text: string) =>
  api.post<Changed>(`/contracts/${id}/submit`, { text });
export const signContract = (id: Id, number: string, signed_on: string | null) =>
  api.post<Changed>(`/contracts/${id}/sign`, { number, signed_on });
export const cancelContract = (id: Id, why: string) => api.post<Changed>(`/contracts/${id}/cancel`, { why });
export const endContract = (id: Id, why: string) => api.post<Changed>(`/contracts/${id}/end`, { why });
export const renewContract = (id: Id) => api.post<Changed>(`/contracts/${id}/renew`);
export const planContract = (id: Id, version: number, parts: Part[]) =>
  api.put<void>(`/contracts/${id}/plan`, {
    version,
    parts: parts.map(({ what, due_on, amount }) => ({ what, due_on, amount })),
  });
export const notePayment = (id: Id, amount: number, received_on: string, note: string) =>
  api.post<void>(`/contracts/${id}/payments`, { amount, received_on, note });
export const takePaymentBack = (id: Id, why: string) => api.post<void>(`/payments/${id}/take-back`, { why });
export const changeDelivery = (id: Id, version: number, texts: Record<string, string>) =>
  api.patch<Changed>(`/deliveries/${id}`, { version, ...texts });
export const appointReceiver = (id: Id, receiver_id: Id, meeting_at: string | null) =>
  api.post<void>(`/deliveries/${id}/appoint`, { receiver_id, meeting_at });
export const confirmDelivery = (id: Id, number: number) =>
  api.post<void>(`/deliveries/${id}/confirm`, { number });

/** Whatever shows contracts, their customer or the agenda is asked again. */
export function refreshContracts(customerId?: Id): void {
  void queryClient.invalidateQueries({ queryKey: ALL });
  refreshWork(customerId);
}
