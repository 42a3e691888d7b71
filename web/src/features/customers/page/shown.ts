import type { Field } from '@/api/types';
import { formatMoney } from '@/lib/money';
import type { Labels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

/** One value as words; null when there is nothing to show. */
export function shown(field: Field, value: unknown, labels: Labels, currency: string | null): string | null {
  if (value === null || value === undefined || value === '' || value === false) return null;
  if (Array.isArray(value)) return value.length ? value.map(String).join('、') : null;
  if (field.type === 'money') return formatMoney(Number(value), currency);
  if (field.type === 'money_range') {
    const { low, high } = value as { low: number | null; high: number | null };
    const parts = [low, high].filter((figure) => figure !== null && figure !== undefined);
    return parts.length ? parts.map((figure) => formatMoney(figure, currency)).join(' – ') : null;
  }
  if (field.type === 'option') return labels.label(field.options ?? '', String(value));
  if (field.type === 'date' || field.type === 'datetime') return formatDay(String(value));
  if (field.type === 'bool') return t('page.yes');
  if (typeof value === 'object') return (value as { name?: string }).name ?? null;
  return String(value);
}
