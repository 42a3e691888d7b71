import { ApiError } from '@/api/client';
import type { Field } from '@/api/types';
import type { ConflictField } from '@/components/Conflict';
import { words } from '@/lib/names';
import { same } from './changes';

type Values = Record<string, unknown>;

/** What the server says when somebody was faster: its sentence, his values, his name and when. */
export interface Clash {
  sentence: string;
  theirs: Values;
  version: number;
  by: string;
  at: string | null;
}

/** The clash in a refusal; null when it is another kind of refusal. */
export function clashOf(failure: unknown): Clash | null {
  if (!(failure instanceof ApiError) || failure.code !== 'conflict') return null;
  const { theirs, version, by, at } = failure.extra;
  if (typeof theirs !== 'object' || theirs === null) return null;
  return {
    sentence: failure.message,
    theirs: theirs as Values,
    version: Number(version),
    by: (by as { name?: string } | null)?.name ?? '',
    at: typeof at === 'string' ? at : null,
  };
}

/**
 * The fields to decide on: those I changed and whose value is another at the server now.
 * Columns stand for fields: `reports_to_id` for `reports_to`, `budget_low` and `budget_high` for `budget`.
 */
export function clashFields(
  fields: readonly Field[],
  was: Values,
  mine: Values,
  clash: Clash,
  show: (field: Field, value: unknown) => string,
): ConflictField[] {
  const theirs = (field: Field) => {
    const { slug, type } = field;
    if (type === 'money_range' && !(slug in clash.theirs))
      return { low: clash.theirs[`${slug}_low`] ?? null, high: clash.theirs[`${slug}_high`] ?? null };
    return clash.theirs[slug in clash.theirs ? slug : `${slug}_id`];
  };
  return fields
    .filter((field) => field.slug in mine && !same(mine[field.slug], theirs(field)))
    .map((field) => ({
      slug: field.slug,
      label: words(field.label),
      mine: show(field, mine[field.slug]),
      theirs: show(field, theirs(field)),
      both: !same(was[field.slug], theirs(field)),
    }));
}

/** What is sent after the choice: my values where I was chosen or where nobody else was. */
export function kept(mine: Values, fields: readonly ConflictField[], chosen: ReadonlySet<string>): Values {
  const asked = new Set(fields.map((field) => field.slug));
  return Object.fromEntries(Object.entries(mine).filter(([slug]) => chosen.has(slug) || !asked.has(slug)));
}
