import type { ClockState, Finding, Id, Named, Precision, Words } from './types';

/** Reviews as the server answers: queue, page, chain, examples. */
export type Which = 'records' | 'files' | 'peers' | 'returned' | 'requests';
/** Those that have a queue of records here; requests have a list of their own. */
export type Listed = Exclude<Which, 'requests'>;
export type Counts = Record<Which, number>;
export interface Why {
  rule: 'kind' | 'intent_class' | 'status' | 'score' | 'sample' | 'changed';
  value: string | number;
}
export interface QueueItem {
  id: Id;
  version: number;
  kind: 'review' | 'file' | 'peer';
  state: string;
  title: string;
  why: Why[];
  round: number;
  asked_at: string;
  due_at: string | null;
  author: Named | null;
  reasons: number;
  record: {
    id: Id;
    version: number;
    score: number | null;
    channel: string;
    contact_at: string;
    entered_at: string;
    late: boolean;
  } | null;
  customer: QueueCustomer | null;
}
export interface QueueCustomer extends Named {
  intent_class: string;
  source?: string;
  contact_name?: string;
  contact_phone?: string;
}
export interface Queue {
  counts: Counts;
  minutes: number;
  today: { passed: number; returned: number };
  items: QueueItem[];
}
export interface Reason {
  id: Id;
  field: string;
  label: Words;
  text: string;
  state: 'open' | 'mended' | 'waived';
  at: string;
  by: string;
}
export interface Answer {
  index: number;
  rule: string;
  field: string;
  agree: boolean;
  note: string;
}
export interface Decision {
  id: Id;
  verdict: string;
  note: string;
  field: string;
  round: number;
  at: string;
  by: Named | null;
  answers: Answer[];
}
export interface Approval {
  id: Id;
  version: number;
  kind: 'review' | 'file' | 'peer';
  subject_type: string;
  subject_id: Id;
  title: string;
  why: Why[];
  state: string;
  round: number;
  asked_at: string;
  decided_at: string | null;
  decided_by: Named | null;
  author: Named | null;
  note: string;
  steps: { id: Id; member: Named | null; state: string; due_at: string | null }[];
  decisions: Decision[];
  reasons: Reason[];
  may_decide?: boolean;
}
export interface Step {
  act: string;
  due_at: string | null;
  precision: Precision;
  goal: string;
  owner: Named | string | null;
}
export type Axes = Record<'structure' | 'action' | 'evidence' | 'clarity', number>;
/** A record as written: whole for the reviewer, without names for a peer and as an example. */
export interface Written {
  id?: Id;
  channel: string;
  contact_at: string;
  summary: string;
  feedback: string;
  quotes: string[];
  version?: number;
  kind: string;
  precision: Precision;
  entered_at: string;
  late: boolean;
  score: number | null;
  axes: Partial<Axes>;
  findings: Finding[];
  next_steps: Step[];
  next_plan: string;
  objections: { kind: string; text: string; answer?: string }[];
  risks: string[];
  contact?: { id: Id; name: string; title: string; phone?: string } | null;
  contacted_by?: { id: Id; name: string; department: string | null } | null;
  files?: { id: Id; name: string }[];
  [slug: string]: unknown;
}
export interface ReviewPageData {
  approval: Approval;
  record?: Written;
  customer?: Named & {
    intent_class: string;
    stage: ({ key: string } & Words) | null;
    clock: ClockState | null;
  };
  earlier?: {
    id: Id;
    contact_at: string;
    precision: Precision;
    channel: string;
    summary: string;
    score: number | null;
  }[];
  before?: Record<string, unknown>;
  late_this_month?: number;
  /** Of which examples it is compared with. */
  model_kind?: string;
  file?: Record<string, unknown> & {
    name: string;
    intent_class?: string;
    contacts: { id: Id; name: string; title: string; phone: string; wechat: string; email: string }[];
  };
}
export interface ModelRecord {
  id: Id;
  kind: string;
  verdict: 'good' | 'bad';
  note: string;
  body: Written;
  created_at: string;
  created_by: string | null;
}
export interface Chain {
  closed: boolean;
  chain: {
    link: 'report' | 'review' | 'action';
    done: boolean;
    state?: string;
    open: { zh: string; en: string; who: string | null; due_at: string | null }[];
  }[];
  approvals: Approval[];
  may_mark_model: boolean;
}

export const reviewKeys = {
  all: ['approvals'] as const,
  queue: (which: Which) => ['approvals', 'queue', which] as const,
  one: (id: Id) => ['approvals', 'one', id] as const,
  counts: ['approvals', 'counts'] as const,
  models: (kind: string) => ['approvals', 'models', kind] as const,
};
