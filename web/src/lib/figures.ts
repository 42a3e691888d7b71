import type { Measure } from '@/api/targets';
import { type Locale, locale, t } from '@/locales';
import { formatMoney } from './money';
import { words } from './names';
import { formatMonth, now, wallOf } from './time';

/** A number of a measure as rows show it: `67`, `1,240`, `188万`. */
export function figure(measure: Pick<Measure, 'money'>, number: number): string {
  return measure.money ? formatMoney(number) : number.toLocaleString('en-US');
}

/** The same with its unit: `67 条`, `188万元`, `67 records`. */
export function figureWithUnit(measure: Measure, number: number): string {
  if (measure.money) return locale() === 'zh-CN' ? `${formatMoney(number)}元` : formatMoney(number);
  return `${figure(measure, number)} ${words(measure.unit)}`;
}

/** `2026-11` moved by whole months. */
export function shiftMonth(month: string, by: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

export function thisMonth(): string {
  const wall = wallOf(now());
  return `${wall.year}-${String(wall.month).padStart(2, '0')}`;
}

/** `11月`, `November 2026`; with the year where it is not this one. */
export function monthName(month: string, language: Locale = locale()): string {
  const whole = formatMonth(`${month}-01`, language);
  return language === 'zh-CN' && month.slice(0, 4) === thisMonth().slice(0, 4)
    ? `${Number(month.slice(5))}月`
    : whole;
}

/** Seconds as a person says them: `95 秒`, `3 分 20 秒`. */
export function secondsInWords(seconds: number): string {
  if (seconds < 120) return t('targets.seconds', { n: seconds });
  return t('targets.minutes', { m: Math.floor(seconds / 60), s: seconds % 60 });
}
