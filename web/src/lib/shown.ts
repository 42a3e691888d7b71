import type { Address, Field, Pointed, Range, RichText } from '@/api/types';
import { locale, t } from '@/locales';
import { currencyOf, figureWords } from './figure-words';
import { lunarWords } from './lunar';
import { formatMoney } from './money';
import type { Labels } from './options';
import { isBlank, isOwn } from './own';
import { formatDay, formatWhen } from './time';
import { nameOf } from './who';

/** Several values in one line. */
export const listed = (parts: readonly string[]): string =>
  parts.filter(Boolean).join(locale() === 'zh-CN' ? '、' : ', ');

function range({ low, high }: Range, currency: string | null): string {
  const [from, to] = [low, high].map((each) => formatMoney(each, currency));
  if (low === null || low === undefined) return t('fields.at_most', { v: to ?? '' });
  if (high === null || high === undefined) return t('fields.at_least', { v: from ?? '' });
  return low === high ? (from ?? '') : `${from} – ${to}`;
}

export const addressWords = ({ region, street }: Address): string =>
  [...region, street].filter(Boolean).join(' ');

/** One value as words; null when there is nothing to show. */
export function shown(field: Field, value: unknown, labels: Labels, currency: string | null): string | null {
  if (isBlank(value)) return null;
  const { settings = {} } = field;
  switch (field.type) {
    case 'option':
      return labels.label(field.options ?? '', String(value));
    case 'options':
      return listed((value as string[]).map((key) => labels.label(field.options ?? '', key)));
    case 'money':
    case 'number':
    case 'percent':
      return figureWords(field, Number(value), currency);
    case 'money_range':
      return range(value as Range, currencyOf(field, currency));
    case 'date':
      return formatDay(String(value));
    case 'datetime':
      return formatWhen(String(value));
    case 'lunar_date':
      return lunarWords(String(value));
    case 'bool':
      // A flag of the code that is not set goes without saying.
      return value === true ? t('fields.yes') : isOwn(field.slug) ? t('fields.no') : null;
    case 'attachment':
    case 'picture':
      return listed((value as Pointed[]).map((file) => file.name));
    case 'rich':
      return (value as RichText).text;
    case 'address':
      return addressWords(value as Address);
    case 'rating':
      return `${value} / ${settings.max ?? 5}`;
    case 'link':
      return (value as { name?: string }).name || t('fields.unseen');
    case 'member':
    case 'department':
      return nameOf(field.type, value);
    default:
      if (Array.isArray(value)) return listed(value.map(String));
      return typeof value === 'object' ? ((value as { name?: string }).name ?? null) : String(value);
  }
}
