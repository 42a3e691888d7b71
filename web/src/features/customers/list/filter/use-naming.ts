import { keys, queryClient } from '@/api/queries';
import type { Department, MemberRow } from '@/api/types';
import { useMe } from '@/app/session';
import type { Naming } from '@/lib/filter-words';
import { useLabels } from '@/lib/options';

const named = (key: readonly string[], id: number) =>
  queryClient.getQueryData<{ items: (MemberRow | Department)[] }>(key)?.items.find((one) => one.id === id)
    ?.name ?? `#${id}`;

/** The names a condition needs; members and departments are known once their editor was open. */
export function useNaming(): Naming {
  const { member } = useMe();
  const labels = useLabels();
  return {
    labels,
    record: 'customer',
    member: (id) => (id === member.id ? member.name : named(keys.members, id)),
    department: (id) => (id === member.department?.id ? member.department.name : named(keys.departments, id)),
  };
}
