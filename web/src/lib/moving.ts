import type { Precision } from '@/api/types';
import { dayFromNow, daysToWeekday, instantOf, wallOf } from './time';

/** A deadline as a move leaves it. */
export type Move = { due_at: string; precision: Precision };
/** What a move starts from; null where no day is set yet. */
export type Due = { due_at: string | null; precision: Precision | null };

/** Days from today for the keys 1, 2, 3: tomorrow, Friday, next Monday. */
export function moveDays(): [number, number, number] {
  return [1, daysToWeekday(5), daysToWeekday(1)];
}

/** The new deadline: the same hour on another day when the hour was set, else the end of that day. */
export function movedTo(item: Due, days: number, closing: string): Move {
  const day = dayFromNow(days, closing);
  if (item.precision !== 'minute' || !item.due_at) return { due_at: day, precision: 'day' };
  const { hour, minute } = wallOf(item.due_at);
  return { due_at: instantOf({ ...wallOf(day), hour, minute }), precision: 'minute' };
}
