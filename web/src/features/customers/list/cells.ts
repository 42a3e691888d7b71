import type { Field } from '@/api/types';

/** The cell as one types it: money in whole units, tags with commas. */
export function typedCell(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'money') return String(Number(value) / 100);
  return Array.isArray(value) ? value.join('，') : String(value);
}

/** What was typed as the API takes it; undefined when it is none. */
export function readCell(field: Field, typed: string): unknown {
  const text = typed.trim();
  if (field.type === 'tags') return text.split(/[,，、\s]+/).filter(Boolean);
  if (field.type !== 'money') return text;
  if (!text) return null;
  const [, figure = '', unit] = /^(-?[\d,，.\s]+)(万|亿)?$/.exec(text) ?? [];
  const number = Number(figure.replace(/[,，\s]/g, '') || Number.NaN);
  const factor = unit === '亿' ? 1e8 : unit === '万' ? 1e4 : 1;
  return Number.isFinite(number) ? Math.round(number * factor * 100) : undefined;
}
