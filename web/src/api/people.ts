import type { CustomerRow, Id, Named, Words } from './types';

/** The session and the people of the team, as the server answers. */
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
  /** The path of the first days is put away. */
  guided: boolean;
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
  /** With the eyes of which role this is seen, where, and until when. */
  viewing?: { role: Words; place: string; until: string } | null;
  config_version: number;
  now: string;
  /** The largest file the server takes. */
  upload_bytes: number;
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
