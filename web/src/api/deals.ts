import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { WithOwn } from './fields';
import { queryClient, refreshWork } from './queries';
import type { AgendaItem, Id, Named, Words } from './types';

/** 商机, the price list and quotations. */
export const DEALS = ['deals'] as const;

export interface DealOption extends Words {
  key: string;
  retired: boolean;
  /** Of a stage, in percent. */
  probability: number | null;
}
type ListName = 'deal_stage' | 'deal_won_reason' | 'deal_lost_reason' | 'deal_slip_reason';
export type DealOptions = Record<ListName, DealOption[]>;
export type DealState = 'open' | 'won' | 'lost';

export interface DealRow extends WithOwn {
  id: Id;
  version: number;
  title: string;
  stage: string;
  /** In hundredths, null where it is not known or not mine to read. */
  amount: number | null;
  currency: string;
  probability: number;
  own_probability: boolean;
  expected_close: string;
  late: boolean;
  state: DealState;
  reason: string;
  reason_text: string;
  closed_on: string | null;
  slips: number;
  competitors: string;
  owner: Named | null;
  customer: Named;
  created_at: string;
  can: Record<'update' | 'move' | 'win' | 'lose' | 'assign' | 'reopen' | 'quote', boolean>;
}
/** A line as it is kept; `discount` in percent. */
export interface DealLine {
  product_id: Id | null;
  code: string;
  name: string;
  unit: string;
  quantity: string;
  list: number | null;
  price: number;
  discount: string;
  amount: number;
}
/** A line as it is typed; without a price that of the list. */
export interface LineInput {
  product_id: Id | null;
  name: string;
  unit: string;
  quantity: string;
  price: number | null;
  discount: string;
}
export interface Deal extends DealRow {
  lines: DealLine[];
  todos: AgendaItem[];
  options: DealOptions;
}
export interface CustomerDeals {
  items: DealRow[];
  options: DealOptions;
  currency: string;
  can: { open: boolean };
}
export interface DealColumn extends Words {
  key: string;
  count: number;
  capped: boolean;
  color: string | null;
  probability: number | null;
  sums: { currency: string; amount: number; weighted: number }[];
  items: DealRow[];
  next: string | null;
}
export interface Talk {
  id: Id;
  contact_at: string;
  precision: 'minute' | 'day';
  channel: string;
  contacted_by: Named | null;
  summary: string;
  feedback: string;
  needs: { kind: string; text: string }[];
  amount: number | null;
  currency: string;
}
export interface Quotation {
  id: Id;
  number: string;
  edition: number;
  state: 'valid' | 'waiting' | 'refused' | 'replaced';
  /** Its time is over. */
  ended: boolean;
  lines: DealLine[];
  total: number | null;
  list_total: number | null;
  percent: string | null;
  discount: string;
  currency: string;
  terms: string;
  valid_until: string;
  approval_id: Id | null;
  made_at: string;
  made_by: string;
  talk: Talk | null;
  later: Id[];
  warning: Words | null;
}
export interface Product {
  id: Id;
  version: number;
  code: string;
  name: string;
  unit: string;
  prices: Record<string, number>;
  note: string;
  retired: boolean;
}
export interface Products {
  items: Product[];
  can: { add: boolean; update: boolean };
}
export interface Totals {
  lines: number[];
  subtotal: number;
  list_total: number;
  total: number;
  percent: string;
}
export interface DealValues {
  title?: string;
  stage?: string;
  amount?: number | null;
  currency?: string;
  probability?: number | null;
  expected_close?: string;
  competitors?: string;
  lines?: LineInput[];
}
export interface Slip {
  reason: string;
  why: string;
  act: string;
  due_at: string;
  precision: 'day';
}

export const useDeal = (id: Id) =>
  useQuery({ queryKey: [...DEALS, 'one', id], queryFn: () => api.get<Deal>(`/deals/${id}`) });
export const useDealOptions = () =>
  useQuery({
    queryKey: [...DEALS, 'options'],
    queryFn: () => api.get<DealOptions>('/deals/options'),
    staleTime: 5 * 60_000,
  });
export const useCustomerDeals = (id: Id) =>
  useQuery({
    queryKey: [...DEALS, 'customer', id],
    queryFn: () => api.get<CustomerDeals>(`/customers/${id}/deals`),
  });
export const useQuotations = (deal: Id) =>
  useQuery({
    queryKey: [...DEALS, 'quotations', deal],
    queryFn: () => api.get<{ items: Quotation[] }>(`/deals/${deal}/quotations`),
  });
export const useProducts = (retired = false) =>
  useQuery({
    queryKey: [...DEALS, 'products', retired],
    queryFn: () => api.get<Products>('/products', { query: { retired: retired || undefined } }),
  });

export const openDeal = (customer: Id, values: DealValues) =>
  api.post<{ id: Id }>(`/customers/${customer}/deals`, values);
export const updateDeal = (deal: { id: Id; version: number }, values: DealValues, slip?: Slip) =>
  api.patch<void>(`/deals/${deal.id}`, { version: deal.version, ...values, ...(slip ? { slip } : {}) });
export const moveDeal = (deal: DealRow, stage: string) =>
  api.post<void>(`/deals/${deal.id}/move`, { stage, version: deal.version });
export const closeDeal = (id: Id, act: 'win' | 'lose', reason: string, text: string) =>
  act === 'win'
    ? api.post<void>(`/deals/${id}/win`, { reason, text })
    : api.post<void>(`/deals/${id}/lose`, { reason, text });
export const reopenDeal = (id: Id, why: string, expected_close: string) =>
  api.post<void>(`/deals/${id}/reopen`, { why, expected_close });
export const makeQuotation = (
  deal: Id,
  body: {
    followup_id: Id | null;
    lines: LineInput[];
    discount: string;
    currency: string;
    valid_until: string | null;
    terms: string;
    why: string;
  },
) =>
  api.post<{ id: Id; number: string; state: string; notice: Words | null }>(
    `/deals/${deal}/quotations`,
    body,
  );
export const totalsOf = (lines: LineInput[], discount: string, currency: string) =>
  api.post<Totals>('/quotations/totals', { lines, discount: discount || '0', currency });
export const saveProduct = (product: Omit<Product, 'id' | 'version'>, known?: Product) => {
  const { retired, ...values } = product;
  return known
    ? api.put<void>(`/products/${known.id}`, { ...values, retired, version: known.version })
    : api.post<void>('/products', values);
};
export const confirmNeeds = (customer: Id) => api.post<void>(`/customers/${customer}/needs/confirm`, {});

/** Everything that shows deals, their customer or its to-dos is asked again. */
export function refreshDeals(customer?: Id): void {
  void queryClient.invalidateQueries({ queryKey: DEALS });
  refreshWork(customer);
}
