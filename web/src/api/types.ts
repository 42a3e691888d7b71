import type { CommentItem } from './comments';
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

// Session, first run, people
export type ThemeChoice = 'system' | 'light' | 'dark';
export type LocaleChoice = 'zh-CN' | 'en-US';
export interface Member {
  id: Id;
  name: string;
  department: Named | null;
  roles: string[];
  account: string;
  locale: LocaleChoice | null;
  theme: ThemeChoice | null;
  timezone?: string | null;
  /** Kinds of notices that do not come to the inbox, and those that come as mail too. */
  muted: string[];
  mailed: string[];
  /** 22:00; both or neither. */
  quiet_from: string | null;
  quiet_to: string | null;
  /** The house can send mail, and this account is an address. */
  mail: boolean;
}
export interface TeamPlace {
  member_id: Id;
  org: Named;
  name: string;
  current: boolean;
}
export interface Org {
  id: Id;
  name: string;
  is_demo: boolean;
  timezone: string;
  closing_time: string;
}
export interface Session {
  member: Member;
  org: Org;
  /** Where this person may go on; one entry for most. */
  teams: TeamPlace[];
  verbs: string[];
  /** The view each list opens with, where its tabs were arranged. */
  tabs?: Record<string, string>;
  config_version: number;
  now: string;
}
export interface BoardColumn extends Words {
  /** Empty for customers without a stage or life cycle. */
  key: string;
  retired: boolean;
  count: number;
  capped: boolean;
  /** Sum of the amounts; null when there are too many, or they are not one's own to read. */
  amount: number | null;
  late: number | null;
  limit: Words | null;
  items: CustomerRow[];
  next: string | null;
}
export interface Board {
  by: string;
  columns: BoardColumn[];
}
export interface DemoLogin {
  account: string;
  password: string;
  name: string;
  role: string;
}
export interface SetupState {
  needs_setup: boolean;
  demo: { logins: DemoLogin[] } | null;
  locales: string[];
}
export interface MemberRow {
  id: Id;
  name: string;
  department_id: Id | null;
  roles: string[];
  active: boolean;
  /** The name in pinyin and its initials, for pickers. */
  spelling: string[];
}
export interface Department {
  id: Id;
  name: string;
  parent_id: Id | null;
  members: number;
  head: Named | null;
}
export interface Invitation {
  link: string;
  expires_at: string;
}
export interface ApiToken {
  id: Id;
  name: string;
  verbs: string[];
  expires_at: string | null;
  token?: string;
}

// Field list and options
export type FieldType =
  | 'text'
  | 'longtext'
  | 'richtext'
  | 'number'
  | 'money'
  | 'money_range'
  | 'date'
  | 'datetime'
  | 'option'
  | 'options'
  | 'member'
  | 'department'
  | 'tags'
  | 'phone'
  | 'email'
  | 'bool'
  | 'rating'
  | 'needs'
  | 'objections'
  | 'qa'
  | 'risks'
  | 'quotes'
  | 'steps'
  | 'files'
  | 'members'
  | 'contacts'
  | 'contact';
export interface Field {
  slug: string;
  label: Words;
  type: FieldType;
  options: string | null;
  required: boolean;
  required_when?: unknown;
  list: boolean;
  sort: boolean;
  filter: boolean;
  group: 'basic' | 'need' | 'company' | 'deal' | 'more';
  help?: Words | null;
  read_only: boolean;
}
export interface Option extends Words {
  key: string;
  color?: string | null;
  retired?: boolean;
}
export interface Schema {
  record_types: Record<string, { label: Words; fields: Field[] }>;
  options: Record<string, Option[]>;
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
export interface CustomerRow {
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
export type Density = 'roomy' | 'tight';
export type Layout = 'list' | 'board';
export interface ViewColumn {
  key: string;
  /** px; null for the width the column has by itself. */
  width: number | null;
}
/** A list as somebody keeps it, without what is gone since (`left_out`). */
export interface SavedView {
  id: Id;
  version: number;
  name: string;
  base: string;
  filter: unknown;
  sort: string;
  columns: ViewColumn[];
  density: Density;
  layout: Layout;
  board_by: string;
  shared: 'nobody' | 'roles' | 'all';
  roles: string[];
  owner: Named;
  can: { change: boolean; share: boolean };
  left_out: Words | null;
}
/** A tab over a list: a ready-made view by its name, a saved one by its id. */
export interface ViewTab {
  key: string;
  label: Words;
  count: number;
  capped: boolean;
  saved?: SavedView;
}
export interface CustomerViews {
  items: ViewTab[];
  /** Somebody put the tabs in an order; the first is the one that opens. */
  arranged: boolean;
  summary: { week_due: number; overdue: number; no_next_step: number };
}
export interface Contact {
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
export interface AgendaItem {
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
export interface FollowUpItem {
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
  last: {
    at: string;
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
