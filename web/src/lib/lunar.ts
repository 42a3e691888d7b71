import { type Locale, locale } from '@/locales';

/** A day of the lunar year, as the server keeps it: `农历闰5月3日`. */
export interface LunarDay {
  month: number;
  day: number;
  leap: boolean;
}

const FIGURES = '一二三四五六七八九十';
const figure = (n: number): string => FIGURES[n - 1] ?? '';
export const MONTHS = ['正月', ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${figure(n)}月`), '冬月', '腊月'];
export const DAYS = Array.from({ length: 30 }, (_, at) => {
  const day = at + 1;
  if (day <= 10) return `初${figure(day)}`;
  if (day < 20) return `十${figure(day - 10)}`;
  if (day === 20) return '二十';
  return day === 30 ? '三十' : `廿${figure(day - 20)}`;
});

/** The day in what the server keeps; null for anything else. */
export function readLunar(text: string): LunarDay | null {
  const found = /^农历(闰)?(\d{1,2})月(\d{1,2})日$/.exec(text);
  const [month, day] = [Number(found?.[2]), Number(found?.[3])];
  const real = month >= 1 && month <= 12 && day >= 1 && day <= 30;
  return found && real ? { month, day, leap: Boolean(found[1]) } : null;
}

export const writeLunar = ({ month, day, leap }: LunarDay): string =>
  `农历${leap ? '闰' : ''}${month}月${day}日`;

/** `农历闰五月初三`; `day 3 of lunar month 5 (leap)`. */
export function lunarWords(text: string, language: Locale = locale()): string {
  const found = readLunar(text);
  if (!found) return text;
  const { month, day, leap } = found;
  if (language === 'zh-CN') return `农历${leap ? '闰' : ''}${MONTHS[month - 1]}${DAYS[day - 1]}`;
  return `day ${day} of lunar month ${month}${leap ? ' (leap)' : ''}`;
}
