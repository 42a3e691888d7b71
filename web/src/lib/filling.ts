import type { Field, FieldGroup, Words } from '@/api/types';
import { type Key, t } from '@/locales';
import { words } from './names';
import { isBlank, isOpen } from './own';

type Values = Record<string, unknown>;

/** What a new record begins with. */
export function defaultsOf(fields: readonly Field[]): Values {
  return Object.fromEntries(
    fields
      .filter((field) => isOpen(field) && !isBlank(field.settings?.default))
      .map((field) => [field.slug, field.settings?.default]),
  );
}

/** What is sent of a new record: what is filled in, and what was emptied that would else get its default. */
export function sentOf(fields: readonly Field[], values: Values): Values {
  const said = fields.flatMap(({ slug, settings }): [string, unknown][] => {
    const value = values[slug];
    if (isBlank(value)) return isBlank(settings?.default) ? [] : [[slug, null]];
    return [[slug, typeof value === 'string' ? value.trim() : value]];
  });
  return Object.fromEntries(said);
}

/** The required fields in which nothing stands, each with its sentence. */
export function lacking(fields: readonly Field[], values: Values): Record<string, string> {
  return Object.fromEntries(
    fields
      .filter((field) => field.required && isOpen(field) && isBlank(values[field.slug]))
      .map((field) => [field.slug, t('fields.missing', { name: words(field.label) })]),
  );
}

const decimals = (figure: number): number => `${figure}`.split('.')[1]?.length ?? 0;

/** What is wrong with a figure as its field was set up; null when nothing is. */
export function wrongOf({ type, settings = {} }: Field, value: unknown): string | null {
  if (typeof value !== 'number' || (type !== 'number' && type !== 'percent')) return null;
  const { min, max, precision = type === 'percent' ? 2 : 6 } = settings;
  if (min !== undefined && value < min) return t('fields.too_small', { n: min });
  if (max !== undefined && value > max) return t('fields.too_large', { n: max });
  if (decimals(value) <= precision) return null;
  return precision === 0 ? t('fields.whole') : t('fields.decimals', { n: precision });
}

export interface Grouped {
  key: string;
  title: string;
  fields: Field[];
}
const BUILT_IN: Record<string, Key> = {
  basic: 'page.group_basic',
  deal: 'page.group_deal',
  need: 'page.group_need',
  company: 'page.group_company',
  more: 'page.group_more',
};
/** What a group of fields is called. */
export function groupTitle(key: string, own: readonly FieldGroup[]): string {
  const named: Words | undefined = own.find((group) => group.key === key);
  return named ? words(named) : t(BUILT_IN[key] ?? 'page.group_more');
}

/** The fields of a form by their groups; a group stands where its first field does. */
export function groupsOf(fields: readonly Field[], own: readonly FieldGroup[]): Grouped[] {
  return [...new Set(fields.map((field) => field.group))].map((key) => ({
    key,
    title: groupTitle(key, own),
    fields: fields.filter((field) => field.group === key),
  }));
}
