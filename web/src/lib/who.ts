import { keys, queryClient, useDepartments, useMembers } from '@/api/queries';
import type { Field, Pointed } from '@/api/types';

/** The name of a member or department, given with its id or found among those that were read; a dash when it is
 *  not known here. */
export function nameOf(type: 'member' | 'department', value: unknown): string {
  if (typeof value === 'object' && value !== null) return (value as Pointed).name || '—';
  const known = queryClient.getQueryData<{ items: Pointed[] }>(
    type === 'member' ? keys.members : keys.departments,
  );
  return known?.items.find((one) => one.id === Number(value))?.name ?? '—';
}

/** The id in what stands for a member or department. */
export function idOf(value: unknown): number | null {
  const id = typeof value === 'object' && value !== null ? (value as Pointed).id : value;
  return id === null || id === undefined || id === '' ? null : Number(id);
}

/** Reads the names that values of these fields need, where they come as bare ids; drawn anew when they are there. */
export function useNames(fields: readonly (Field | undefined)[]): void {
  useMembers(fields.some((field) => field?.type === 'member'));
  useDepartments(fields.some((field) => field?.type === 'department'));
}
