import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Words } from './types';

export type ComplaintState = 'open' | 'handling' | 'resolved' | 'confirmed';
export interface ComplaintStep {
  at: string;
  text: string;
  /** `refused`: the customer's no, with the result that was not good enough. */
  kind: 'step' | 'refused';
  result?: string;
  on?: string;
  by: string;
}
export interface Complaint {
  id: Id;
  version: number;
  kind: string;
  level: string;
  source: string;
  text: string;
  state: ComplaintState;
  late: boolean;
  raised_at: string;
  due_at: string;
  steps: ComplaintStep[];
  result: string;
  resolved_at: string | null;
  resolved_by: string;
  words: string;
  confirmed_on: string | null;
  closed_at: string | null;
  closed_by: string;
  reopened: number;
  origin: string;
  owner: Named | null;
  contact: Named | null;
  noted_by: string;
  can: { step: boolean; resolve: boolean; pass: boolean; update: boolean; confirm: boolean };
}
export interface ComplaintOption extends Words {
  key: string;
  retired: boolean;
  /** Working hours in which one of this level is solved. */
  workhours?: number;
}
export type ComplaintLists = Record<
  'complaint_kind' | 'complaint_level' | 'complaint_source',
  ComplaintOption[]
>;
export interface CustomerComplaints {
  items: Complaint[];
  options: ComplaintLists;
  contacts: Named[];
  can: { open: boolean };
}
export const COMPLAINT_FILTERS = ['open', 'overdue', 'mine', 'team', 'done'] as const;
export type ComplaintFilter = (typeof COMPLAINT_FILTERS)[number];
export interface ListedComplaint extends Complaint {
  customer: Named;
}
interface ComplaintList {
  items: ListedComplaint[];
  next: string | null;
  counts: Record<ComplaintFilter, number>;
  options: ComplaintLists;
}
const COMPLAINTS = ['complaints'];

export const useComplaints = (id: Id) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'complaints'],
    queryFn: () => api.get<CustomerComplaints>(`/customers/${id}/complaints`),
  });
export const useComplaintList = (which: ComplaintFilter, level: string) =>
  useInfiniteQuery({
    queryKey: [...COMPLAINTS, which, level],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<ComplaintList>('/complaints', { query: { which, level, cursor: pageParam, limit: 50 } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export interface NewComplaint {
  kind: string;
  level: string;
  source: string;
  contact_id: Id | null;
  text: string;
}
export const openComplaint = (id: Id, body: NewComplaint) =>
  api.post<void>(`/customers/${id}/complaints`, body);
export const addComplaintStep = (id: Id, text: string) => api.post<void>(`/complaints/${id}/steps`, { text });
export const resolveComplaint = (id: Id, result: string) =>
  api.post<void>(`/complaints/${id}/resolve`, { result });
export const confirmComplaint = (id: Id, satisfied: boolean, words: string, on: string | null) =>
  api.post<void>(`/complaints/${id}/confirm`, { satisfied, words, on });
export const passComplaint = (id: Id, owner_id: Id) =>
  api.post<void>(`/complaints/${id}/pass`, { owner_id, why: '' });
export const regradeComplaint = (one: Complaint, level: string) =>
  api.patch<void>(`/complaints/${one.id}`, { version: one.version, level });

/** Everything that shows the customer, its to-dos or its complaints is asked again. */
export function refreshComplaints(customerId: Id): void {
  refreshWork(customerId);
  void queryClient.invalidateQueries({ queryKey: COMPLAINTS });
}
