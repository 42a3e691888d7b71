import type { Draft, RuleDraft } from './draft';

/** A rule that says nothing yet, at the end. */
export const addRule = (draft: Draft, uid: string): Draft => ({
  ...draft,
  rules: [...draft.rules, { uid, must: undefined, field: '', zh: '', en: '' }],
});

export const setRule = (draft: Draft, uid: string, values: Partial<RuleDraft>): Draft => ({
  ...draft,
  rules: draft.rules.map((rule) => (rule.uid === uid ? { ...rule, ...values } : rule)),
});

export const removeRule = (draft: Draft, uid: string): Draft => ({
  ...draft,
  rules: draft.rules.filter((rule) => rule.uid !== uid),
});
