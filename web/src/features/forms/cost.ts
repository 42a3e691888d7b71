import type { Cost, FieldCost } from '@/api/designs';
import { type Draft, type Entry, isShown } from './draft';

/** Above this a form is dear, in seconds. */
export const DEAR = 90;
/** Fewer records tell nothing of how often a field is filled in. */
const FEWEST = 20;

/** What the meter knows, by field; seconds of new fields by their type. */
export interface Meter {
  of: (entry: Entry) => FieldCost | undefined;
  /** Seconds that a field takes when it is filled in; a guess where nobody was timed. */
  seconds: (entry: Entry) => number;
  /** Seconds it adds to a record on the average: what need not be filled in counts as often as it is. */
  weight: (entry: Entry) => number;
}

const OTHER = 8;

export function meterOf({ fields, types, records }: Cost): Meter {
  const known = new Map(fields.map((field) => [field.key, field]));
  const of = (entry: Entry) => (entry.key ? known.get(entry.key) : undefined);
  const seconds = (entry: Entry) => of(entry)?.seconds ?? types[entry.type] ?? OTHER;
  const weight = (entry: Entry) => {
    if (!isShown(entry)) return 0;
    const share = records >= FEWEST ? of(entry)?.share : undefined;
    return seconds(entry) * (entry.required && !entry.visible_when ? 1 : (share ?? 1));
  };
  return { of, seconds, weight };
}

export const secondsOf = (draft: Draft, meter: Meter): number =>
  draft.fields.reduce((sum, field) => sum + meter.weight(field), 0);

/** The fields that cost most and are asked for least: first by what they add, then by the views that use them. */
export function dearest(draft: Draft, meter: Meter, many = 3): Entry[] {
  const worth = (field: Entry) => meter.weight(field) / (1 + (meter.of(field)?.views ?? 0));
  return draft.fields
    .filter(isShown)
    .toSorted((one, other) => worth(other) - worth(one))
    .slice(0, many);
}

/** What one change adds to a record on the average, in seconds. */
export function extra(was: Draft, now: Draft, uid: string, meter: Meter): number {
  const of = (draft: Draft) => {
    const entry = draft.fields.find((field) => field.uid === uid);
    return entry ? meter.weight(entry) : 0;
  };
  return of(now) - of(was);
}
