import { useState } from 'react';
import { DAYS, type LunarDay, MONTHS, readLunar, writeLunar } from '@/lib/lunar';
import { words } from '@/lib/names';
import { locale, t } from '@/locales';
import { Pick } from '../Pick';
import type { Part } from './part';

const named = (names: readonly string[]) =>
  names.map((name, at) => ({
    value: String(at + 1),
    label: locale() === 'zh-CN' ? name : String(at + 1),
    note: String(at + 1),
  }));

/** A day of the lunar year: month, day, and whether the month is a leap one. It stands once both are chosen. */
export function LunarInput({ field, value, set, id }: Part) {
  const [half, setHalf] = useState<Partial<LunarDay>>({});
  const whole = readLunar(String(value ?? ''));
  const { month, day, leap = false } = whole ?? half;
  const label = words(field.label);
  const put = (part: Partial<Record<keyof LunarDay, number | boolean | null>>) => {
    const next = { month, day, leap, ...part } as LunarDay;
    setHalf(next);
    set(next.month && next.day ? writeLunar(next) : null);
  };
  return (
    <span className="rf-lunar">
      <Pick
        id={id}
        label={`${label}：${t('fields.month')}`}
        placeholder={t('fields.month')}
        value={month ? String(month) : null}
        choices={named(MONTHS)}
        onChange={(next) => put({ month: Number(next) || null })}
      />
      <Pick
        label={`${label}：${t('fields.day')}`}
        placeholder={t('fields.day')}
        value={day ? String(day) : null}
        choices={named(DAYS)}
        onChange={(next) => put({ day: Number(next) || null })}
      />
      <label className="rf-leap">
        <input type="checkbox" checked={leap} onChange={(event) => put({ leap: event.target.checked })} />
        {t('fields.leap')}
      </label>
    </span>
  );
}
