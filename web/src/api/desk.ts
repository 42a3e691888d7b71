import type { ClockState, ContactBrief, Id, Named, Precision, Words } from './types';

/** The desk of the day and the inbox, as the server answers. */
export type DeskGroupKey = 'overdue' | 'today' | 'near' | 'silent' | 'tomorrow';
export interface DeskItem {
  id: Id | null;
  kind: string;
  why: Words;
  why_detail: Words | null;
  due_at: string | null;
  precision: Precision | null;
  customer: (Named & { intent_class: string | null }) | null;
  contact: ContactBrief | null;
  act: string;
  act_en?: string;
  /** The request for help behind the row. */
  source_id?: Id | null;
  last_words: string | null;
  last_at: string | null;
  last_channel: string | null;
  stage: { key: string; zh: string; en?: string } | null;
  clock: ClockState | null;
  version: number | null;
}
export interface DeskToday {
  date: string;
  headline: { total: number; overdue: number; minutes: number };
  prompt: {
    customer: Named;
    contact: Pick<ContactBrief, 'name' | 'title'> | null;
    at: string;
    channel: string;
    /** The to-do that was this contact, or the draft that a tap on a number left. */
    item_id: Id | null;
    draft_key: string | null;
  } | null;
  groups: { key: DeskGroupKey; items: DeskItem[] }[];
  week: {
    records: number;
    records_last_week: number;
    timely_share: number | null;
    late: number;
    score: number | null;
    score_change: number | null;
    score_series: number[];
    report_lines: number;
  };
  waiting: {
    key: string;
    zh: string;
    en: string;
    count: number;
    capped: boolean;
    note: Words;
    link: string;
  }[];
}
export interface Notice {
  id: Id;
  zh: string;
  en: string;
  at: string;
  read: boolean;
  link: string | null;
}
export interface Inbox {
  items: Notice[];
  next?: string | null;
  unread: number;
}
