import { useQuery } from '@tanstack/react-query';
import type { Tree } from '@/lib/blocks';
import { api } from './client';
import type { CheckResult, Finding, Id, LogBrief, Named, Precision, StoredFile } from './types';
import { upload } from './upload';

export interface StepBody {
  act: string;
  owner_id?: Id | null;
  due_at: string | null;
  precision: Precision;
  goal?: string | null;
}

/** What `POST /followups` takes; `POST /followups/check` takes the same, filled as far as it is. */
export interface FollowUpBody {
  customer_id: Id;
  contact_id?: Id | null;
  contact_at: string;
  precision: Precision;
  channel: string;
  summary: string;
  /** Instead of the plain text, when it has marks. */
  summary_blocks?: Tree;
  feedback: string;
  quotes: string[];
  next_steps: StepBody[];
  needs?: NeedLine[];
  objections?: ObjectionLine[];
  qa?: QuestionLine[];
  risks?: string[];
  file_ids?: { id: Id; kind: string }[];
  participants_ours?: Id[];
  participants_theirs?: Id[];
  [more: string]: unknown;
}
export interface NeedLine {
  kind: string;
  priority: string | null;
  text: string;
}
export interface ObjectionLine {
  kind: string;
  text: string;
  answer: string;
}
export interface QuestionLine {
  q: string;
  a: string;
}

export interface Logged {
  id: Id;
  version: number;
  score: number | null;
  findings: Finding[];
  agenda: { id: Id; act: string; due_at: string; precision?: Precision; owner?: Named | null }[];
  customer: Named;
  suggestion?: { zh: string; en: string } | string | null;
}

export interface AttemptBody {
  customer_id: Id;
  contact_id?: Id | null;
  channel: string;
  kind: string;
  next_try_at: string;
  note?: string;
}

export interface TidyChat {
  speakers: string[];
  summary: string;
  quotes: string[];
  qa: QuestionLine[];
  next_sentence?: string;
  contact_at: string | null;
  channel: string | null;
  lines: unknown[];
}

export interface ServerDraft {
  client_key: string;
  customer_id: Id;
  body: unknown;
  saved_at: string;
}

/** The rules judge what is typed; the first step goes along as a sentence to be read. */
export function checkDraft(body: FollowUpBody, signal?: AbortSignal): Promise<CheckResult> {
  const { file_ids: _files, closes_agenda_ids: _closed, ...asked } = body;
  return api.post<CheckResult>(
    '/followups/check',
    { ...asked, next_sentence: body.next_steps[0]?.act ?? '' },
    { signal },
  );
}
export const submitFollowUp = (body: FollowUpBody, key: string) =>
  api.post<Logged>('/followups', body, { idempotencyKey: key });
/** Also while the page is being left: it is sent after the time for undoing, or then. */
export const submitAttempt = (body: AttemptBody, key: string) =>
  api.post<Logged>('/followups/attempts', body, { idempotencyKey: key, keepalive: true });
export const tidyChat = (text: string, customerId: Id) =>
  api.post<TidyChat>('/followups/tidy-chat', { text, customer_id: customerId });
export const saveDraft = (key: string, customerId: Id, body: unknown) =>
  api.put<{ saved_at: string }>(`/followups/drafts/${key}`, { customer_id: customerId, body });
/** A number was tapped: the desk asks for the record later, on whichever device. */
export function noteCall(customerId: Id, contactName: string | null): void {
  const body = { customer_id: customerId, body: { contact_name: contactName } };
  // The call goes on without it: whoever is offline still finds the form open behind the call.
  const key = `call.${customerId}`;
  void api.put(`/followups/drafts/${key}`, body, { keepalive: true }).catch(() => {});
}
export const dropDraft = (key: string) => api.delete<void>(`/followups/drafts/${key}`);
export const draftsOf = (customerId: Id) =>
  api.get<{ items: ServerDraft[] }>('/followups/drafts', { query: { customer_id: customerId } });

export function uploadFile(file: File, kind: string): Promise<StoredFile> {
  return upload<StoredFile>('/files', file, { kind });
}
export const fileUrl = (id: Id) => `/api/v1/files/${id}`;
export const previewUrl = (id: Id) => `/api/v1/files/${id}/preview`;

export const useBrief = (customerId: Id) =>
  useQuery({
    queryKey: ['customers', 'brief', customerId],
    queryFn: () => api.get<LogBrief>(`/customers/${customerId}/brief`),
    enabled: customerId > 0,
  });
