import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Node } from '@/lib/filter';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Option, Words } from './types';

export type Whose = 'mine' | 'team';
export type CareState = 'proposed' | 'planned' | 'done' | 'skipped' | 'merged';
export type CareList = 'care_kind' | 'care_response' | 'care_repurchase' | 'community_kind';
export type CareOptions = Record<CareList, Option[]>;

export interface Care {
  id: Id;
  version: number;
  kind: string;
  act: string;
  text: string;
  bespoke: boolean;
  review: boolean;
  due_on: string;
  occasion_on: string | null;
  state: CareState;
  did: string;
  response: string;
  heard: string[];
  repurchase: string;
  second_plan: string;
  why: string;
  followup_id: Id | null;
  done_at: string | null;
  /** Why it is kept on this day. */
  note: Words | null;
  plan: Named | null;
  customer: Named | null;
  contact: Named | null;
  owner: Named | null;
  done_by: string;
  can: boolean;
}
export interface CareChip {
  /** The one act, or null where the chip stands for many of one plan. */
  id: Id | null;
  n: number;
  state: CareState;
  kind: string;
  plan: Id | null;
  title: string;
  customer: (Named & { short: string }) | null;
  who: string;
  lunar: boolean;
}
export interface CareDay {
  day: string;
  lunar: Words;
  marks: Words[];
  works: boolean;
  /** A holiday in the week, or a weekend that is worked. */
  odd: boolean;
  chips: CareChip[];
}
export interface CareCalendar {
  today: string;
  days: CareDay[];
  figures: { planned: number; due: number; done: number };
  unpublished: number | null;
}
export interface CarePage {
  count: number;
  items: Care[];
  next: number | null;
  options: CareOptions;
}
export interface Repair {
  do: 'merge' | 'move';
  ids: Id[];
  on: string;
  acts: string[];
}
export interface Crowd {
  customer: Named;
  n: number;
  from: string;
  to: string;
  by: { name: string; n: number }[];
  repair: Repair | null;
}
export interface Greeting {
  plan: string;
  id: Id;
  name: string;
  on: string;
  occasion: string | null;
  festival: Words | null;
  text: string;
  n: number;
  key: number;
  names: string[];
  arranged: boolean;
}
export interface Execution {
  id: Id;
  name: string;
  done: number;
  due: number;
  share: number | null;
  few: boolean;
}
export interface CareOverview {
  crowded: {
    most: number;
    days: number;
    count: number;
    capped: boolean;
    care_ids: Id[];
    rows: Crowd[];
  };
  execution: Execution[];
  greetings: Greeting[];
  proposed: Care[];
  can: { plans: boolean; arrange: boolean };
}
export interface PlanValues {
  key: string;
  name: string;
  condition: Node | null;
  kind: string;
  act: string;
  text: string;
  when: 'every' | 'after_won' | 'birthday' | 'festival' | 'date';
  amount: number;
  unit: 'days' | 'weeks' | 'months';
  festival: string;
  field: string;
  before: number;
  review: boolean;
}
export interface CarePlans {
  version: number;
  most: number;
  days: number;
  key_condition: Node | null;
  plans: (PlanValues & { id: Id })[];
  festivals: (Words & { key: string; on: string; how: string })[];
  dates: (Words & { slug: string })[];
  fields: string[];
  options: CareOptions;
  can: { change: boolean };
}
export interface Birthday {
  contact_id: Id;
  name: string;
  text: string;
  on: string | null;
  words: Words | null;
  note: Words | null;
  age: number | null;
  lunar: boolean;
}
export interface CareOfCustomer {
  items: Care[];
  past: Care[];
  birthdays: Birthday[];
  communities: {
    id: Id;
    community_id: Id;
    name: string;
    kind: string;
    held_on: string | null;
    came: boolean;
    contact: string;
  }[];
  options: CareOptions;
  can: { add: boolean; do: boolean };
}
export interface CareAsked {
  from: string;
  to: string;
  whose: Whose;
  state?: string;
  plan?: Id;
  ids?: string;
}

export const useCareCalendar = (from: string, days: number, whose: Whose) =>
  useQuery({
    queryKey: ['care', 'calendar', from, days, whose],
    queryFn: () => api.get<CareCalendar>('/care', { query: { from: from || null, days, whose } }),
    placeholderData: keepPreviousData,
  });
export const useCareOverview = (whose: Whose) =>
  useQuery({
    queryKey: ['care', 'overview', whose],
    queryFn: () => api.get<CareOverview>('/care/overview', { query: { whose } }),
    placeholderData: keepPreviousData,
  });
export const useCareItems = (asked: CareAsked) =>
  useQuery({
    queryKey: ['care', 'items', asked],
    queryFn: () => api.get<CarePage>('/care/items', { query: { ...asked } }),
    placeholderData: keepPreviousData,
  });
export const useCarePlans = () =>
  useQuery({ queryKey: ['care', 'plans'], queryFn: () => api.get<CarePlans>('/care/plans') });
export const useCareOf = (id: Id) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'care'],
    queryFn: () => api.get<CareOfCustomer>(`/customers/${id}/care`),
  });

export interface CareWarning {
  warning: (Words & { n: number }) | null;
}
export const addCare = (id: Id, body: { kind: string; act: string; text: string; due_on: string }) =>
  api.post<CareWarning>(`/customers/${id}/care`, body);
export interface DoneValues {
  did: string;
  response: string;
  heard: string[];
  repurchase: string;
  second_plan: string;
}
export const doCare = (id: Id, body: DoneValues) => api.post<void>(`/care/${id}/done`, body);
export const skipCare = (id: Id, why: string) => api.post<void>(`/care/${id}/skip`, { why });
export const moveCare = (id: Id, due_on: string) => api.post<CareWarning>(`/care/${id}/move`, { due_on });
export const passCare = (id: Id, owner_id: Id) => api.post<void>(`/care/${id}/pass`, { owner_id });
export const acceptCare = (id: Id) => api.post<void>(`/care/${id}/accept`);
export const dismissCare = (id: Id) => api.post<void>(`/care/${id}/dismiss`);
export const joinCare = (ids: Id[]) => api.post<void>('/care/join', { ids });
export const doMany = (ids: Id[], did: string, sure = false) =>
  api.post<{ done: number }>('/care/done', { ids, did, sure });
export const arrangeCare = (plan: string, on: string, text: string, sure = false) =>
  api.post<{ same: number; own: number }>('/care/arrange', { plan, on, text, sure });
export const saveCarePlans = (
  version: number,
  limits: Pick<CarePlans, 'most' | 'days' | 'key_condition'>,
  plans: PlanValues[],
) => api.put<{ version: number }>('/care/plans', { version, ...limits, plans });
export const previewLayer = (plan: PlanValues) =>
  api.post<{ n: number; names: string[] }>('/care/plans/preview', plan);

/** The calendar, its column and whatever shows the customer or to-dos are asked again. */
export function refreshCare(customerId?: Id): void {
  void queryClient.invalidateQueries({ queryKey: ['care'] });
  refreshWork(customerId);
}
