import type { AgendaItem } from '@/api/types';
import { daysBetween, isOverdue } from '@/lib/time';

export const GROUPS = ['overdue', 'today', 'tomorrow', 'later'] as const;
export type Group = (typeof GROUPS)[number];

/** The part of the list that an open to-do stands in. */
export function groupOf(item: AgendaItem): Group {
  if (isOverdue(item.due_at)) return 'overdue';
  const days = daysBetween(item.due_at);
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : 'later';
}

/** The groups that hold something, in the order of the days. */
export function grouped(items: AgendaItem[]): { group: Group; items: AgendaItem[] }[] {
  return GROUPS.map((group) => ({ group, items: items.filter((item) => groupOf(item) === group) })).filter(
    (one) => one.items.length > 0,
  );
}
