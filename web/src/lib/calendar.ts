import { instantOf, wallOf } from './time';

const two = (figure: number) => String(figure).padStart(2, '0');

/** `2026-11-24` of an instant, on the wall of the organisation. */
export function dayOf(at: Date | string): string {
  const { year, month, day } = wallOf(at);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The instant at which work ends on a day; `closing` as the organisation says it: 18:00. */
export function closingOf(day: string, closing: string): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const [hour = 18, minute = 0] = closing.split(':').map(Number);
  return instantOf({ year, month, day: date, hour, minute });
}

function utcOf(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date));
}

/** The day `days` later, or earlier. */
export function shiftDay(day: string, days: number): string {
  const moved = utcOf(day);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The same day of another month; the last one where that month is shorter. */
export function shiftMonth(day: string, months: number): string {
  const date = utcOf(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return first.toISOString().slice(0, 10);
}

/** The weeks that a month touches, Monday first; days of its neighbours fill the first and the last one. */
export function weeksOf(day: string): string[][] {
  const month = day.slice(0, 7);
  const weekday = (utcOf(`${month}-01`).getUTCDay() + 6) % 7;
  const weeks: string[][] = [];
  for (
    let start = shiftDay(`${month}-01`, -weekday);
    start.slice(0, 7) <= month;
    start = shiftDay(start, 7)
  ) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((place) => shiftDay(start, place)));
  }
  return weeks;
}
