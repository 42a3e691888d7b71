import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { refreshWork } from './queries';
import type { Id, Named, Words } from './types';

export interface Objection {
  id: Id;
  kind: string;
  text: string;
  state: 'open' | 'answered' | 'closed';
  late: boolean;
  raised_at: string;
  due_at: string;
  owner: Named | null;
  /** The department that was asked for the answer. */
  department: string;
  answer: string;
  adjustment: string;
  answered_by: string;
  answered_at: string | null;
  outcome: string;
  result: string;
  closed_by: string;
  closed_at: string | null;
  followup_id: Id | null;
  can: { answer: boolean; pass: boolean; close: boolean };
}
export interface ObjectionOption extends Words {
  key: string;
  retired: boolean;
  /** An outcome that closes one without an answer. */
  unanswered: boolean;
}
type ListName = 'objection_kind' | 'objection_adjustment' | 'objection_outcome';
export interface Objections {
  items: Objection[];
  options: Record<ListName, ObjectionOption[]>;
  can: { raise: boolean };
}

export const useObjections = (id: Id) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'objections'],
    queryFn: () => api.get<Objections>(`/customers/${id}/objections`),
  });
export const raiseObjection = (id: Id, kind: string, text: string) =>
  api.post<void>(`/customers/${id}/objections`, { kind, text });
export const answerObjection = (id: Id, answer: string, adjustment: string) =>
  api.post<void>(`/objections/${id}/answer`, { answer, adjustment });
export const closeObjection = (id: Id, outcome: string, result: string) =>
  api.post<void>(`/objections/${id}/close`, { outcome, result });
export const passObjection = (id: Id, owner_id: Id) =>
  api.post<void>(`/objections/${id}/pass`, { owner_id, why: '' });

/** Everything that shows the customer or its to-dos is asked again. */
export const refreshObjections = (id: Id) => refreshWork(id);
