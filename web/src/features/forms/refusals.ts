import { ApiError, sentenceOf } from '@/api/client';
import { words } from '@/lib/names';
import type { Draft } from './draft';
import { isOption } from './lists';

/** Why the server did not take the draft: one sentence, and what is wrong at which field, group or option. */
export interface Refusals {
  sentence: string;
  /** By uid of a field or rule, `group:` and key of a group, `option:` and key of an option. */
  at: Record<string, string>;
  /** Own fields left out although records hold values of them. */
  held: string[];
}

export const NONE: Refusals = { sentence: '', at: {}, held: [] };

function placeOf(field: string, draft: Draft): string {
  const [head = '', at = ''] = field.split('.');
  if (head === 'fields' && at) return draft.fields[Number(at)]?.uid ?? '';
  if (head === 'groups' && at) return `group:${draft.groups[Number(at)]?.key ?? ''}`;
  if (head === 'rules' && at) return draft.rules[Number(at)]?.uid ?? '';
  if (draft.type && ['states', 'zh', 'customer'].includes(head)) return 'type';
  return draft.fields.find((one) => one.key === field)?.uid ?? '';
}

/** Where on the screen each part of a refused form belongs. */
export function refusalsOf(failure: unknown, draft: Draft): Refusals {
  if (!(failure instanceof ApiError)) return { ...NONE, sentence: sentenceOf(failure) };
  const at: Record<string, string> = {};
  const held: string[] = [];
  const told = failure.problems.length
    ? failure.problems.map((one) => [one.field ?? '', words(one)] as const)
    : [[failure.field ?? '', failure.message] as const];
  for (const [field, sentence] of told) {
    const place = placeOf(field, draft);
    if (place) at[place] = at[place] ? `${at[place]} ${sentence}` : sentence;
    else if (/^cf_\d+$/.test(field)) held.push(field);
  }
  return { sentence: failure.message, at, held };
}

/** A list that was not taken: the sentence stands at the field, and at the option that it is about. */
export function listRefusals(failure: unknown, draft: Draft, name: string): Refusals {
  const sentence = sentenceOf(failure);
  const user = draft.fields.find((field) => field.options === name);
  const at: Record<string, string> = user ? { [user.uid]: sentence } : {};
  if (failure instanceof ApiError) {
    const place = /^items\.(\d+)/.exec(failure.field ?? '')?.[1];
    const item = place ? draft.lists[name]?.items.filter(isOption)[Number(place)] : null;
    const option = item?.key ?? item?.uid ?? failure.extra.key;
    if (typeof option === 'string') at[`option:${option}`] = sentence;
  }
  return { sentence, at, held: [] };
}
