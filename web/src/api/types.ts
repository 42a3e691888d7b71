import type { CommentItem } from './comments';
import type { WithOwn } from './fields';
import type { Since } from './versions';
/**
 * The one place where the web client says what the server answers.
 * Times are ISO-8601 UTC, dates YYYY-MM-DD, money is in minor units, options are keys.
 */

import type { Run, Tree } from '@/lib/blocks';
import type { components } from './schema';

/** What a verb takes, generated from the server's own description: `Body<'ToDoIn'>`. */
export type Body<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Id = number;
export interface Words {
  zh: string;
  en: string;
}
export interface Named {
  id: Id;
  name: string;
}
export type Precision = 'minute' | 'day';
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
  total_capped: boolean;
}

// Customers
export interface NextStep {
  id: Id;
  act: string;
  due_at: string;
  precision: Precision;
  overdue: boolean;
}
export interface ClockState {
  share: number;
  state: 'ok' | 'soon' | 'over' | 'paused';
  zh: string;
  en: string;
  unit?: 'hours' | 'days' | 'workdays' | null;
  /** The unit, the limit and the deadline in one sentence; a year without published holidays is named. */
  hint?: Words;
  unpublished_year?: number | null;
}
export interface ContactBrief {
  id: Id;
  name: string;
  title: string | null;
  phone: string | null;
}
export interface CustomerRow extends WithOwn {
  id: Id;
  version: number;
  name: string;
  short_name: string | null;
  intent_class: string | null;
  life_cycle: string | null;
  stage: string | null;
  industry: string | null;
  region: string | null;
  source: string | null;
  owner: Named | null;
  next_step: NextStep | null;
  last_contact_at: string | null;
  last_contact_by?: Named | null;
  last_channel: string | null;
  last_words: string | null;
  amount: number | null;
  currency: string | null;
  rhythm: number[];
  cadence_days: number | null;
  silent_days: number | null;
  tags: string[];
  contact: ContactBrief | null;
  clock?: ClockState | null;
  /** Whether the reader may change its fields. */
  editable: boolean;
}
export interface Contact extends WithOwn {
  id: Id;
  version: number;
  name: string;
  title: string | null;
  phone: string | null;
  wechat: string | null;
  email: string | null;
  decision_role: string | null;
  primary: boolean;
  last_contact_at: string | null;
  reports_to: Id | null;
  birthday?: string | null;
  notes: string | null;
}
export interface Need {
  id: Id;
  version: number;
  kind: string;
  priority: string | null;
  text: string;
  confirmed_on: string | null;
}
export interface StageStep extends Words {
  key: string;
  state: 'done' | 'current' | 'todo';
  limit: Words | null;
  used?: string | null;
  /** The running clock of the current stage. */
  clock?: ClockState | null;
}
export interface Similar {
  id: Id | null;
  name: string;
  owner: Named | string | null;
  last_contact_at: string | null;
  last_contact_by?: string | null;
  visible: boolean;
  why: Words;
}
export type Warning = Words & { key?: string };
export interface CustomerDetail extends CustomerRow {
  collaborators: Named[];
  [field: string]: unknown;
}
export interface AgendaItem extends WithOwn {
  id: Id;
  version: number;
  kind?: string;
  source?: { type: string; id: Id } | null;
  act: string;
  due_at: string;
  precision: Precision;
  owner: Named | null;
  department?: Named | null;
  customer: (Named & { intent_class?: string | null }) | null;
  goal?: string | null;
  state?: string;
  done_at?: string | null;
  overdue?: boolean;
  last_words?: string | null;
  last_at?: string | null;
  last_channel?: string | null;
}
export interface StoredFile {
  id: Id;
  name: string;
  kind: string;
  size: number;
  content_type?: string;
  preview?: 'image' | 'pdf' | 'text' | 'none';
}
export interface FollowUpItem extends WithOwn {
  id: Id;
  version: number;
  customer: Named;
  contact: ContactBrief | null;
  contact_at: string;
  precision: Precision;
  entered_at: string;
  late: boolean;
  channel: string;
  summary: string;
  /** The marks beside the plain text; empty when there are none. */
  summary_blocks: Tree;
  feedback: string;
  quotes: string[];
  score: number | null;
  status: string | null;
  contacted_by: (Named & { department?: string | null }) | null;
  entered_by: Named | null;
  next_steps: {
    id: Id;
    act: string;
    owner: Named | null;
    due_at: string;
    precision: Precision;
    done_at: string | null;
    state: string;
  }[];
  files: StoredFile[];
  attempt: string | null;
  historical: boolean;
  objections: { kind: string; text: string; answer?: string | null }[];
  needs: { kind: string; priority: string | null; text: string }[];
  attitude_from: string | null;
  attitude_to: string | null;
  satisfaction: number | null;
  result: string | null;
  state: string;
}
export type TimelineItem =
  | (FollowUpItem & { kind: 'followup'; at: string; comments?: CommentItem[] })
  | CommentItem
  | {
      kind: 'event';
      at: string;
      id: Id;
      event: string;
      sentence: Words;
      by: string | null;
      why?: string | null;
    }
  | (AgendaItem & { kind: 'task'; at: string });
export interface CustomerPageData {
  customer: CustomerDetail;
  contacts: Contact[];
  needs: Need[];
  stage_path: StageStep[];
  warnings: Warning[];
  similar: Similar[];
  agenda: AgendaItem[];
  timeline: { items: TimelineItem[]; next: string | null };
  counts: {
    all: number;
    followups: number;
    files: number;
    changes: number;
    comments: number;
    tasks?: number;
  };
  can: Record<string, boolean>;
}
export interface LogBrief {
  since: Since;
  goal: string | null;
  outline: Words | null;
  over_contact: Words | null;
  last: {
    at: string;
    precision: Precision;
    channel: string | null;
    contact: string | Named | null;
    words: string | null;
    attitude_from: string | null;
    attitude_to: string | null;
    summary: string | null;
    preview: Run[];
  } | null;
  promises: {
    id?: Id;
    side: 'us' | 'customer';
    act: string;
    due_at: string | null;
    precision?: Precision;
    overdue: boolean;
  }[];
  decision_chain: Contact[];
  objections: { kind: string; text: string }[];
  stage: (Words & { key: string; limit?: Words | null; clock?: ClockState | null }) | null;
  good_example: { text: string; score: number; by: string } | null;
}
export interface FindResult {
  customers: { id: Id | null; name: string; owner: Named | string | null; masked: boolean }[];
  contacts: { id: Id; name: string; customer?: Named; title?: string | null }[];
  followups: { id: Id; text: string; preview: Run[]; at: string; customer?: Named }[];
  files: { id: Id; name: string; size: number; followup_id: Id; at: string; customer?: Named }[];
}

export type * from './check';
export type * from './desk';
export type * from './fields';
export type * from './people';
export type * from './views';
