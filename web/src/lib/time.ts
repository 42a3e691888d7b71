import type { Precision } from '@/api/types';
import { type Locale, locale, t } from '@/locales';

/** All dates are shown in the organisation's zone; the session sets it. */
let zone = 'Asia/Shanghai';
/** Server clock minus device clock, in milliseconds. */
let skew = 0;

export function setZone(timezone: string): void {
  zone = timezone || 'Asia/Shanghai';
}
export function setServerNow(iso: string): void {
  skew = new Date(iso).getTime() - Date.now();
}
export function now(): Date {
  return new Date(Date.now() + skew);
}

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 is Sunday. */
  weekday: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What the clock on the wall of the organisation says at `at`. */
export function wallOf(at: Date | string, timeZone: string = zone): Wall {
  const bare = typeof at === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(at) : null;
  // A day without a clock is that day everywhere; read as an instant it would be the day before in America.
  if (bare) {
    const [year = 0, month = 1, day = 1] = bare.slice(1).map(Number);
    return {
      year,
      month,
      day,
      hour: 0,
      minute: 0,
      weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    };
  }
  const date = typeof at === 'string' ? new Date(at) : at;
  const part: Record<string, number> = {};
  for (const { type, value } of formatterFor(timeZone).formatToParts(date)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** The instant (ISO, UTC) at which the organisation's wall clock shows these figures. */
export function instantOf(wall: Omit<Wall, 'weekday'>, timeZone: string = zone): string {
  const wanted = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const seen = wallOf(new Date(guess), timeZone);
    guess += wanted - Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute);
  }
  return new Date(guess).toISOString().replace('.000Z', 'Z');
}

function dayNumber(wall: Wall): number {
  return Math.round(Date.UTC(wall.year, wall.month - 1, wall.day) / 86_400_000);
}

/** Calendar days from `from` to `at` in the organisation's zone; negative for the past. */
export function daysBetween(at: Date | string, from: Date | string = now(), timeZone: string = zone): number {
  return dayNumber(wallOf(at, timeZone)) - dayNumber(wallOf(from, timeZone));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const WEEKDAYS_ZH = '日一二三四五六';

const two = (figure: number) => String(figure).padStart(2, '0');

/** `11月20日`, `2025年11月20日`; `20 Nov`, `20 Nov 2025`. */
export function formatDay(
  at: Date | string,
  from: Date | string = now(),
  language: Locale = locale(),
): string {
  const wall = wallOf(at);
  const sameYear = wall.year === wallOf(from).year;
  if (language === 'zh-CN') return `${sameYear ? '' : `${wall.year}年`}${wall.month}月${wall.day}日`;
  return `${wall.day} ${MONTHS[wall.month - 1] ?? ''}${sameYear ? '' : ` ${wall.year}`}`;
}

/** A text with its machine-written dates as people write them: `按 2025-05-12` becomes `按 2025年5月12日`. */
export function datesInWords(text: string): string {
  return text.replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (_, year, month, day) =>
    formatDay(`${year}-${month}-${day}`),
  );
}

/** `14:30` in the organisation's zone. */
export function formatClock(at: Date | string): string {
  const wall = wallOf(at);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

/** `今天`, `昨天`, `明天`, else the day. */
export function formatRelativeDay(
  at: Date | string,
  from: Date | string = now(),
  language: Locale = locale(),
): string {
  const away = daysBetween(at, from);
  const zh: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天' };
  const en: Record<number, string> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' };
  return (language === 'zh-CN' ? zh : en)[away] ?? formatDay(at, from, language);
}

/** `今天 14:30`, `昨天`, `11月20日 09:00`; a day-precise time shows no clock. */
export function formatWhen(
  at: Date | string,
  precision: Precision | null = 'minute',
  from: Date | string = now(),
  language: Locale = locale(),
): string {
  const day = formatRelativeDay(at, from, language);
  return precision === 'day' ? day : `${day} ${formatClock(at)}`;
}

/** `今天`, `昨天`, `4 天前`. */
export function formatAgo(at: Date | string, from: Date | string = now()): string {
  const days = -daysBetween(at, from);
  if (days <= 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return t('time.days_ago', { n: days });
}

/** Whether a deadline has passed, by the server's clock; that of a day is stored as the close of the day. */
export function isOverdue(at: string, from: Date = now()): boolean {
  return new Date(at).getTime() <= from.getTime();
}

/**
 * How far a deadline lies: `逾期 2 天`, `逾期 18 小时`, or the due time. The same rule as `genjin/lib/due.py`:
 * by hours within the first day for a deadline to the minute, else by calendar days.
 */
export function formatDue(
  at: string,
  precision: Precision | null,
  overdue: boolean = isOverdue(at),
  from: Date = now(),
): string {
  if (!overdue) return formatWhen(at, precision, from);
  const minutes = Math.max(1, Math.floor((from.getTime() - new Date(at).getTime()) / 60_000));
  const days = -daysBetween(at, from);
  if (days >= 1 && (minutes >= 24 * 60 || precision === 'day')) return t('time.overdue_days', { n: days });
  const hours = Math.min(23, Math.floor(minutes / 60));
  return hours >= 1 ? t('time.overdue_hours', { n: hours }) : t('time.overdue_minutes', { n: minutes });
}

/** The head of Today: `11月24日 周二`; `short` for narrow screens. */
export function formatDateHead(isoDate: string, language: Locale = locale(), short = false): string {
  const [year = 1970, month = 1, day = 1] = isoDate.split('-').map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (language === 'zh-CN') return `${month}月${day}日 周${WEEKDAYS_ZH[weekday] ?? ''}`;
  const name = WEEKDAYS_EN[weekday] ?? '';
  return `${short ? name.slice(0, 3) : name} ${day} ${MONTHS[month - 1] ?? ''}`;
}

/** The end of a working day `days` from today, as an instant. */
export function dayFromNow(days: number, closing = '18:00', from: Date = now()): string {
  const wall = wallOf(from);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  const [hour = 18, minute = 0] = closing.split(':').map(Number);
  return instantOf({
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
    hour,
    minute,
  });
}

/** Days from today to the next given weekday (0 is Sunday), never today. */
export function daysToWeekday(weekday: number, from: Date = now()): number {
  const away = (weekday - wallOf(from).weekday + 7) % 7;
  return away === 0 ? 7 : away;
}

/** The head of a month: `2026年11月`, `Nov 2026`. */
export function formatMonth(isoDate: string, language: Locale = locale()): string {
  const [year = 1970, month = 1] = isoDate.split('-').map(Number);
  return language === 'zh-CN' ? `${year}年${month}月` : `${MONTHS[month - 1] ?? ''} ${year}`;
}

/** One sign for each day of the week, Monday first. */
export function weekdayHeads(language: Locale = locale()): string[] {
  return [1, 2, 3, 4, 5, 6, 0].map((day) =>
    language === 'zh-CN' ? (WEEKDAYS_ZH[day] ?? '') : (WEEKDAYS_EN[day] ?? '').slice(0, 2),
  );
}

/** `11月30日 周一`, `30 Nov, Mon`; with a clock where the deadline has one. */
export function formatDayLong(
  at: Date | string,
  precision: Precision = 'day',
  language: Locale = locale(),
): string {
  const { weekday } = wallOf(at);
  const name =
    language === 'zh-CN'
      ? ` 周${WEEKDAYS_ZH[weekday] ?? ''}`
      : `, ${(WEEKDAYS_EN[weekday] ?? '').slice(0, 3)}`;
  return `${formatDay(at, now(), language)}${name}${precision === 'day' ? '' : ` ${formatClock(at)}`}`;
}
