import type { Field, FieldType } from '@/api/types';
import { readDay } from '@/components/DateInput';
import { idOf } from '@/lib/who';

/** Types that need more room than a cell to be changed. */
const WIDE: readonly FieldType[] = [
  'options',
  'money_range',
  'datetime',
  'lunar_date',
  'longtext',
  'rich',
  'attachment',
  'picture',
  'link',
  'address',
];
export const needsRoom = (field: Field): boolean => WIDE.includes(field.type);

/** Types of which one value is chosen from a list. */
const CHOSEN: readonly FieldType[] = ['option', 'bool', 'member', 'department'];
export const isChosen = (field: Field): boolean => CHOSEN.includes(field.type);

/** The cell as one types or chooses it: money in whole units, tags with commas, people by their id. */
export function typedCell(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'money') return String(Number(value) / 100);
  if (field.type === 'member' || field.type === 'department') return String(idOf(value) ?? '');
  return Array.isArray(value) ? value.join('，') : String(value);
}

function figure(text: string): number | undefined {
  const [, written = '', unit] = /^(-?[\d,，.\s]+)(万|亿|%)?$/.exec(text) ?? [];
  const number = Number(written.replace(/[,，\s]/g, '') || Number.NaN);
  const factor = unit === '亿' ? 1e8 : unit === '万' ? 1e4 : 1;
  return Number.isFinite(number) ? number * factor : undefined;
}

/** What was typed as the API takes it; undefined when it is none. */
export function readCell(field: Field, typed: string): unknown {
  const text = typed.trim();
  switch (field.type) {
    case 'tags':
      return text.split(/[,，、\s]+/).filter(Boolean);
    case 'bool':
      return text ? text === 'true' : null;
    case 'member':
    case 'department':
      return text ? Number(text) : null;
    case 'date':
      return text ? (readDay(text) ?? undefined) : null;
    case 'money': {
      const amount = text ? figure(text) : null;
      return typeof amount === 'number' ? Math.round(amount * 100) : amount;
    }
    case 'number':
    case 'percent':
    case 'rating':
      return text ? figure(text) : null;
    default:
      return text;
  }
}
