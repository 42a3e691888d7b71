import { shiftDay } from '@/lib/calendar';

export interface Day {
  day: string;
  works: boolean;
  name?: string;
}
export interface Span {
  from: string;
  to: string;
  works: boolean;
  name: string;
}

/** Days next to each other that say the same, as one. */
export function spansOf(days: Day[]): Span[] {
  const found: Span[] = [];
  for (const { day, works, name = '' } of days) {
    const last = found[found.length - 1];
    if (last && last.works === works && last.name === name && shiftDay(last.to, 1) === day) last.to = day;
    else found.push({ from: day, to: day, works, name });
  }
  return found;
}

/** Every day of a span; none when it ends before it begins. */
export function daysIn(from: string, to: string): string[] {
  const found: string[] = [];
  for (let day = from; day <= to && found.length < 366; day = shiftDay(day, 1)) found.push(day);
  return found;
}
