import type { RuleRow, Setting, StandardBody, WordsSaid } from '@/api/standard';

/** What differs is said, what is as the pack has it is left out: two drafts that mean the same are the same. */
const without = <T>(all: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));

const put = <T>(all: Record<string, T>, key: string, value: T | null): Record<string, T> =>
  value === null ? without(all, key) : { ...all, [key]: value };

export function setRule(
  body: StandardBody,
  part: 'rules' | 'required',
  row: RuleRow,
  said: Setting,
): StandardBody {
  const whole = { ...body[part][row.key], ...said };
  const own: Setting = {};
  if (whole.severity !== undefined && whole.severity !== row.usual.severity) own.severity = whole.severity;
  if (whole.weight !== undefined && whole.weight !== row.usual.weight) own.weight = whole.weight;
  return { ...body, [part]: put(body[part], row.key, Object.keys(own).length ? own : null) };
}

export const setThreshold = (
  body: StandardBody,
  key: string,
  value: number,
  usual: number,
): StandardBody => ({
  ...body,
  thresholds: put(body.thresholds, key, value === usual ? null : value),
});

export function setWords(body: StandardBody, key: string, said: WordsSaid): StandardBody {
  const whole = { ...body.words[key], ...said };
  const own: WordsSaid = {};
  if (whole.add?.length) own.add = whole.add;
  if (whole.drop?.length) own.drop = whole.drop;
  return { ...body, words: put(body.words, key, Object.keys(own).length ? own : null) };
}

/** The meaning of an abbreviation; `''` takes one of the pack out, `null` says nothing of it. */
export const setMeaning = (body: StandardBody, word: string, meaning: string | null): StandardBody => ({
  ...body,
  glossary: put(body.glossary, word, meaning),
});

/** How many things a draft says otherwise than another. */
export function differing(one: StandardBody, other: StandardBody): number {
  const parts = ['rules', 'required', 'thresholds', 'words', 'glossary'] as const;
  let n = 0;
  for (const part of parts) {
    const all = new Set([...Object.keys(one[part]), ...Object.keys(other[part])]);
    for (const key of all) n += JSON.stringify(one[part][key]) === JSON.stringify(other[part][key]) ? 0 : 1;
  }
  return n;
}

/** Words as people type or paste them, one each. */
export const wordsIn = (text: string): string[] => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
