import type { Field } from '@/api/types';
import { formatMoney } from './money';
import { isOwn } from './own';

/** The currency of an amount: an own field says it itself, the others stand in that of their record. */
export const currencyOf = (field: Field, ofRecord: string | null): string | null =>
  isOwn(field.slug) ? (field.settings?.currency ?? 'CNY') : ofRecord;

/** A figure with the unit of its field: `12台`, `12 kg`, `7.5%`, `US$ 1.2万`. */
export function figureWords(field: Field, value: number, ofRecord: string | null): string {
  if (field.type === 'money' || field.type === 'money_range')
    return formatMoney(value, currencyOf(field, ofRecord));
  const unit = field.type === 'percent' ? '%' : (field.settings?.unit ?? '');
  const text = value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return /^[a-z]/i.test(unit) ? `${text} ${unit}` : text + unit;
}
