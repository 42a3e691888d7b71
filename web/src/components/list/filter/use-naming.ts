import { useDepartments, useMembers } from '@/api/queries';
import { useMe } from '@/app/session';
import { fieldsIn, type Node } from '@/lib/filter';
import type { Naming } from '@/lib/filter-words';
import { t } from '@/locales';
import { useSubject } from '../kind';

/** The names the conditions need; people and departments are read only where one stands in them. */
export function useNaming(nodes: readonly Node[] = []): Naming {
  const { member } = useMe();
  const { labels, record } = useSubject();
  const types = new Set(nodes.flatMap(fieldsIn).map((slug) => labels.field(record, slug)?.type));
  const members = useMembers(types.has('member')).data?.items;
  const departments = useDepartments(types.has('department')).data?.items;
  return {
    labels,
    record,
    member: (id) =>
      id === member.id
        ? member.name
        : members
          ? (members.find((one) => one.id === id)?.name ?? t('filters.member_gone'))
          : '…',
    department: (id) =>
      id === member.department?.id
        ? member.department.name
        : departments
          ? (departments.find((one) => one.id === id)?.name ?? t('filters.department_gone'))
          : '…',
  };
}
