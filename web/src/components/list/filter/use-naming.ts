import { useLinked } from '@/api/links';
import { useDepartments, useMembers } from '@/api/queries';
import type { Field } from '@/api/types';
import { useMe } from '@/app/session';
import { conditionsIn, fieldsIn, type Node } from '@/lib/filter';
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
  const links = useLinkNames(nodes, (slug) => labels.field(record, slug));
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
    link: (type, id) => links.get(`${type} ${id}`) ?? '…',
  };
}

/** `type id` → the name of what conditions link to; one type is asked for, for lists seldom link to two. */
function useLinkNames(
  nodes: readonly Node[],
  fieldOf: (slug: string) => Field | undefined,
): ReadonlyMap<string, string> {
  const linked = nodes.flatMap(conditionsIn).filter(({ field }) => fieldOf(field)?.type === 'link');
  const type = linked[0] && fieldOf(linked[0].field)?.settings?.to;
  const ids = linked
    .filter(({ field }) => fieldOf(field)?.settings?.to === type)
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]))
    .map(Number)
    .filter(Boolean);
  const found = useLinked(type, ids);
  return new Map([
    ...ids.map((id): [string, string] => [`${type} ${id}`, t('fields.unseen')]),
    ...found.map((one): [string, string] => [`${type} ${one.id}`, one.name]),
  ]);
}
