import type { Id } from '@/api/types';
import { now, wallOf } from '@/lib/time';

export const SIX_WEEKS = 42;

/** What a dialog shows: the care of some days, of one plan or of certain ids. */
export interface Shown {
  from: string;
  to: string;
  title: string;
  plan?: Id;
  ids?: Id[];
  state?: string;
}

const utc = (day: string) => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date));
};
const text = (at: Date) => at.toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string =>
  text(new Date(utc(day).getTime() + days * 86_400_000));

/** Today where the team is. */
export function todayText(): string {
  const wall = wallOf(now());
  return text(new Date(Date.UTC(wall.year, wall.month - 1, wall.day)));
}

/** The month of a day in whole weeks, Monday first. */
export function monthOf(day: string): { from: string; days: number } {
  const at = utc(day || todayText());
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0));
  const before = (first.getUTCDay() + 6) % 7;
  const weeks = Math.ceil((before + last.getUTCDate()) / 7);
  return { from: text(new Date(first.getTime() - before * 86_400_000)), days: weeks * 7 };
}
