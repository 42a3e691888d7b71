import { t } from '@/locales';
import { askedIn } from './conditions';
import { type Draft, type Entry, entryOf } from './draft';
import { nameOf } from './names';

/** What is wrong with an expression of the draft: a field that is gone or hidden. Null: nothing. */
export function wrongWith(node: unknown, draft: Draft, was: Draft): string | null {
  for (const uid of askedIn(node)) {
    const entry = entryOf(draft, uid);
    if (entry && !entry.hidden) continue;
    const known = entry ?? entryOf(was, uid);
    const name = known ? nameOf(known) : uid;
    return t(entry ? 'forms.asks_hidden' : 'forms.asks_gone', { name });
  }
  return null;
}

/** What stops the draft from being published, by uid of the field or rule: a condition on a field that is gone or
 *  hidden, a rule that says nothing. */
export function broken(draft: Draft, was: Draft): Record<string, string> {
  const at: Record<string, string> = {};
  for (const field of draft.fields) {
    if (field.hidden) continue;
    const wrong = wrongWith(field.visible_when, draft, was) ?? wrongWith(field.required_when, draft, was);
    if (wrong) at[field.uid] = wrong;
  }
  for (const rule of draft.rules) {
    if (!askedIn(rule.must).length) at[rule.uid] = t('forms.rule_no_condition');
    else if (!`${rule.zh}${rule.en}`.trim()) at[rule.uid] = t('forms.rule_no_words');
    const wrong = wrongWith(rule.must, draft, was);
    if (wrong) at[rule.uid] = wrong;
    if (rule.field && !entryOf(draft, rule.field)) at[rule.uid] = t('forms.rule_place_gone');
  }
  return at;
}

/** The names of fields and rules whose conditions ask about a field. */
export function askedBy(draft: Draft, uid: string): string[] {
  const asks = (...nodes: unknown[]) => nodes.some((node) => askedIn(node).includes(uid));
  const fields = draft.fields.filter(
    (field: Entry) => !field.hidden && field.uid !== uid && asks(field.visible_when, field.required_when),
  );
  const rules = draft.rules.filter((rule) => asks(rule.must));
  return [...fields, ...rules].map(nameOf);
}
