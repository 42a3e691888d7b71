import { words } from '@/lib/names';
import type { Draft, Entry } from './draft';

/** Types whose values a formula can take. */
const USABLE = new Set([
  'number',
  'percent',
  'rating',
  'money',
  'date',
  'text',
  'longtext',
  'phone',
  'email',
  'url',
  'serial',
  'option',
  'bool',
  'formula',
]);

const FIGURES = new Set(['number', 'percent', 'rating', 'money', 'date', 'formula']);

/** The fields of a draft that a formula of `entry` may ask for, figures and days first. */
export function usableIn(draft: Draft, entry: Entry): Entry[] {
  const found = draft.fields.filter(
    (field) =>
      field.uid !== entry.uid && !field.hidden && USABLE.has(field.type) && (field.own || !field.auto),
  );
  const figure = (field: Entry) => FIGURES.has(field.type);
  return [...found.filter(figure), ...found.filter((field) => !figure(field))];
}

/** A formula with other names for its fields. */
export const renamedIn = (formula: string, name: (key: string) => string): string =>
  formula.replace(/\{([^{}]*)\}/g, (_all, key: string) => `{${name(key.trim())}}`);

/** The formula as it is read and typed: fields by their labels. */
export const withLabels = (draft: Draft, formula: string): string =>
  renamedIn(formula, (key) => {
    const field = draft.fields.find((one) => one.uid === key);
    return (field && words(field)) || key;
  });

/** The same as it is kept: fields by their uids; a label that no field has stays as it is. */
export const withUids = (draft: Draft, typed: string): string =>
  renamedIn(typed, (label) => draft.fields.find((one) => words(one) === label)?.uid ?? label);
