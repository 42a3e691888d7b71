import { useQuery } from '@tanstack/react-query';
import type { Offered } from './batches';
import { api } from './client';
import { keys, queryClient } from './queries';
import type { Id, Named, Words } from './types';

/** Roles, members, sessions, tokens and the log, as whoever looks after the team sees them. */
export const TEAM = ['team'] as const;
export const ROLES = ['roles'] as const;

export interface RoleRow extends Words {
  id: Id;
  key: string;
  people: number;
}
export type Mark = 'readonly' | 'masked' | 'hidden';
export type Scopes = Record<string, Record<string, string[]>>;
export type FieldMarks = Record<string, Record<string, Mark>>;
export interface RoleWhole extends Words {
  id: Id;
  key: string;
  version: number;
  verbs: string[];
  scopes: Scopes;
  fields: FieldMarks;
  people: Named[];
}
export interface Subject extends Words {
  key: string;
  /** Given as a whole or not at all. */
  whole: boolean;
  verbs: ({ name: string } & Words)[];
}
export interface ScopedType extends Words {
  slug: string;
  acts: string[];
  scopes: string[];
}
export interface LimitedType extends Words {
  slug: string;
  fields: ({ slug: string; marks: Mark[] } & Words)[];
}
export interface Catalogue {
  subjects: Subject[];
  types: ScopedType[];
  fields: LimitedType[];
  acts: Record<string, Words>;
  scopes: Record<string, Words>;
  marks: Record<string, Words>;
}
export interface Effect {
  sentence: Words;
  people: Named[];
}
export interface TeamMember {
  id: Id;
  name: string;
  account: string;
  department_id: Id | null;
  roles: string[];
  active: boolean;
  last_login_at: string | null;
  joined_at: string;
  sessions: number;
  tokens: number;
}
export interface OpenInvitation {
  id: Id;
  name: string;
  role: string;
  department_id: Id | null;
  account: string;
  by: string;
  created_at: string;
  expires_at: string;
}
export interface SessionRow {
  id: Id;
  member: Named;
  agent: string;
  created_at: string;
  expires_at: string;
  current: boolean;
}
export interface TeamToken {
  id: Id;
  member: Named;
  name: string;
  prefix: string;
  verbs: ({ name: string } & Words)[];
  created_at: string;
  expires_at: string | null;
  used_at: string | null;
}
export interface AuditRow extends Words {
  id: Id;
  at: string;
  event: string;
  by: Named | null;
  source: string;
  record_type: string;
  record_id: Id;
  label: Words;
  name: string;
  customer: Named | null;
  changes: { label: Words; old: Words; new: Words }[];
  why: string;
}
export interface AuditAsked {
  member_id?: string;
  event?: string;
  record_type?: string;
  record_id?: string;
  day_from?: string;
  day_to?: string;
}
export interface HandoverPreview extends Offered {
  member: Named & { active: boolean };
  counts: { key: string; number: number; moves: boolean }[];
  people: (Named & { gets: number; open: number })[];
  customers: { id: Id; name: string; intent_class: string; stage: string; region: string; to: Id | null }[];
  total: number;
  drafts: { customer: Named; saved_at: string; to: Id | null }[];
  /** Who gets the views that he shared. */
  views_to?: string;
  stuck_reviews?: number;
}

const items =
  <T>(path: string) =>
  async () =>
    (await api.get<{ items: T[] }>(path)).items;

export const useTeam = () =>
  useQuery({ queryKey: [...TEAM, 'members'], queryFn: items<TeamMember>('/team/members') });

export const useInvitations = (enabled: boolean) =>
  useQuery({
    queryKey: [...TEAM, 'invitations'],
    queryFn: items<OpenInvitation>('/team/invitations'),
    enabled,
  });

export const useSessions = () =>
  useQuery({ queryKey: [...TEAM, 'sessions'], queryFn: items<SessionRow>('/team/sessions') });

/** Where this person is logged in himself. */
export const useDevices = () =>
  useQuery({ queryKey: [...TEAM, 'devices'], queryFn: items<SessionRow>('/session/devices') });

export const useTeamTokens = () =>
  useQuery({ queryKey: [...TEAM, 'tokens'], queryFn: items<TeamToken>('/team/tokens') });

export const useCatalogue = () =>
  useQuery({
    queryKey: [...ROLES, 'catalogue'],
    queryFn: () => api.get<Catalogue>('/roles/catalogue'),
    staleTime: 10 * 60_000,
  });

export const useRole = (id: number) =>
  useQuery({ queryKey: [...ROLES, id], queryFn: () => api.get<RoleWhole>(`/roles/${id}`), staleTime: 0 });

/** After a change of roles, members or departments: whatever shows them is asked again. */
export async function refreshTeam(): Promise<void> {
  const changed = [TEAM, ROLES, keys.departments, keys.members, keys.session];
  await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
