import type { Precision } from '@/api/types';
import type { Key } from '@/locales';
import { dayFromNow, daysToWeekday, instantOf, now, wallOf } from './time';

/** A deadline as a move leaves it. */
export type Move = { due_at: string; precision: Precision };
/** What a move starts from; null where no day is set yet. */
export type Due = { due_at: string | null; precision: Precision | null };

/** Days from today for the keys 1, 2, 3: tomorrow, Friday, Monday; a day that tomorrow is already comes a week later. */
export function moveDays(): [number, number, number] {
  const after = (weekday: number) => {
    const days = daysToWeekday(weekday);
    return days === 1 ? 8 : days;
  };
  return [1, after(5), after(1)];
}

/** The words for those days; weeks begin on Monday. */
export function moveLabels(): [Key, Key, Key] {
  const [, friday] = moveDays();
  const left = (7 - wallOf(now()).weekday) % 7;
  return [
    'desk.tomorrow',
    friday > left ? 'desk.next_friday' : 'desk.friday',
    left ? 'desk.monday' : 'desk.monday_after',
  ];
}

/** The new deadline: the same hour on another day when the hour was set, else the end of that day. */
export function movedTo(item: Due, days: number, closing: string): Move {
  const day = dayFromNow(days, closing);
  if (item.precision !== 'minute' || !item.due_at) return { due_at: day, precision: 'day' };
  const { hour, minute } = wallOf(item.due_at);
  return { due_at: instantOf({ ...wallOf(day), hour, minute }), precision: 'minute' };
}
