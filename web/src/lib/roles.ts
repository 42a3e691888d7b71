import { type Key, t } from '@/locales';

const NAMES: Record<string, Key> = {
  rep: 'people.role_rep',
  supervisor: 'people.role_supervisor',
  admin: 'people.role_admin',
  collaborator: 'people.role_collaborator',
  legal: 'people.role_legal',
  service: 'people.role_service',
  marketing: 'people.role_marketing',
  management: 'people.role_management',
  auditor: 'people.role_auditor',
};
export const ROLES = Object.keys(NAMES);

/** A role in words; a team's own role keeps its key. */
export function roleName(role: string): string {
  const key = NAMES[role];
  return key ? t(key) : role;
}
