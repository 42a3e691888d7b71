import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { queryClient } from '@/api/queries';
import { ROLES, type RoleRow } from '@/api/team';
import { type Key, t } from '@/locales';
import { words } from './names';

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

const LIST = [...ROLES, 'list'];

/** The roles of the team in their order. */
export const useRoles = () =>
  useQuery({
    queryKey: LIST,
    queryFn: async () => (await api.get<{ items: RoleRow[] }>('/roles')).items,
    staleTime: 5 * 60_000,
  });

/** A role in the team's words; before those have come, or without a team, in the standard ones. */
export function roleName(role: string): string {
  const known = queryClient.getQueryData<RoleRow[]>(LIST)?.find((one) => one.key === role);
  if (known) return words(known);
  const key = NAMES[role];
  return key ? t(key) : role;
}
