import type { TimelineItem } from '@/api/types';
import { daysBetween } from '@/lib/time';

export type Row =
  | { kind: 'item'; key: string; item: TimelineItem }
  | { kind: 'silence'; key: string; days: number; now: boolean };

/** An attempt is no contact: it does not end a silence. */
function isContact(item: TimelineItem): boolean {
  return item.kind === 'followup' && !item.attempt;
}

/**
 * The rows of the timeline, newest first, with every silence longer than the class allows drawn where it ended:
 * above the older of the two contacts, and on top when it still goes on.
 * @param cadence days between contacts that the class allows; null draws no silence
 */
export function weave(items: readonly TimelineItem[], cadence: number | null, now: Date): Row[] {
  const rows: Row[] = [];
  let later: string | null = null;
  for (const item of items) {
    if (isContact(item) && cadence) {
      const days = daysBetween(later ?? now, item.at);
      if (days > cadence) rows.push({ kind: 'silence', key: `gap-${item.id}`, days, now: later === null });
      later = item.at;
    }
    rows.push({ kind: 'item', key: `${item.kind}-${item.id}`, item });
  }
  return rows;
}
