import type { FieldWords } from '@/api/designs';
import type { Words } from '@/api/types';
import { same } from '@/lib/changes';
import { type Draft, type Entry, type ListDraft, type RuleDraft, tidy } from './draft';

export const SAID = [
  'zh',
  'en',
  'type',
  'options',
  'required',
  'hidden',
  'group',
  'help_zh',
  'help_en',
  'good',
  'bad',
  'settings',
  'visible_when',
  'required_when',
  'required_from',
] as const satisfies readonly (keyof FieldWords)[];
export type Said = (typeof SAID)[number];
export type ChangeKind =
  | 'added'
  | 'removed'
  | 'hidden'
  | 'shown'
  | 'changed'
  | 'moved'
  | 'list'
  | 'group'
  | 'type'
  | RuleChange;
type RuleChange = 'rule_added' | 'rule_removed' | 'rule';

/** One change against the published form: of a field, a group, a rule or an option list. */
export interface Change {
  uid: string;
  name: Words;
  kind: ChangeKind;
  /** What of a changed field is another now. */
  what: Said[];
}

const index = (fields: readonly Entry[]) => new Map(fields.map((field) => [field.uid, field]));
const changedIn = (was: Entry, now: Entry): Said[] => SAID.filter((name) => !same(was[name], now[name]));

/** The uids that left the order of the others: all but a longest run that kept it. */
export function movedIn(was: readonly string[], now: readonly string[]): Set<string> {
  const kept = new Set(now);
  const places = new Map(was.filter((uid) => kept.has(uid)).map((uid, at) => [uid, at]));
  const common = now.filter((uid) => places.has(uid));
  const runs: { length: number; from: number }[] = [];
  let best = -1;
  for (const [at, uid] of common.entries()) {
    let run = { length: 1, from: -1 };
    for (let back = 0; back < at; back += 1) {
      const earlier = runs[back];
      const follows = (places.get(common[back] ?? '') ?? 0) < (places.get(uid) ?? 0);
      if (earlier && follows && earlier.length + 1 > run.length)
        run = { length: earlier.length + 1, from: back };
    }
    runs.push(run);
    if (best < 0 || run.length > (runs[best]?.length ?? 0)) best = at;
  }
  const moved = new Set(common);
  for (let at = best; at >= 0; at = runs[at]?.from ?? -1) moved.delete(common[at] ?? '');
  return moved;
}

export const listChanged = (list: ListDraft): boolean => !same(list.was, list.items);
const uids = (draft: Draft) => draft.fields.map((field) => field.uid);
const drawn = (draft: Draft) => tidy(draft.fields).map((field) => field.uid);

/** Which edited lists are saved when the form is published: new ones only where a field takes its values there. */
export function listsToSave(draft: Draft): string[] {
  const used = new Set(draft.fields.map((field) => field.options));
  return Object.keys(draft.lists).filter((name) => {
    const list = draft.lists[name];
    return list !== undefined && listChanged(list) && (list.version !== '' || used.has(name));
  });
}

function kindOf(old: Entry | undefined, field: Entry, what: Said[]): ChangeKind | null {
  if (!old) return 'added';
  if (what.includes('hidden')) return field.hidden ? 'hidden' : 'shown';
  return what.length ? 'changed' : null;
}

/** What the draft changes, field by field, in the order of the form. Empty: nothing to publish. */
export function changesOf(was: Draft, now: Draft): Change[] {
  const [before, after] = [index(was.fields), index(now.fields)];
  // Inserting brings the fields into the order in which they are drawn anyway: that moves nothing.
  const moved = movedIn(drawn(was), drawn(now));
  const found: Change[] = [];
  for (const field of now.fields) {
    const old = before.get(field.uid);
    const what = old ? changedIn(old, field) : [];
    const kind = kindOf(old, field, what) ?? (moved.has(field.uid) ? 'moved' : null);
    if (kind) found.push({ uid: field.uid, name: field, kind, what });
  }
  for (const field of was.fields)
    if (!after.has(field.uid)) found.push({ uid: field.uid, name: field, kind: 'removed', what: [] });
  const groups = new Map([...was.groups, ...now.groups].map((group) => [group.key, group]));
  for (const [key, group] of groups) {
    const [old, fresh] = [was, now].map((draft) => draft.groups.find((one) => one.key === key));
    if (!same(old, fresh)) found.push({ uid: `group:${key}`, name: group, kind: 'group', what: [] });
  }
  if (now.type && JSON.stringify(was.type) !== JSON.stringify(now.type))
    found.push({ uid: 'type', name: now.type, kind: 'type', what: [] });
  found.push(...rulesChanged(was, now));
  for (const name of listsToSave(now)) {
    const user = now.fields.find((field) => field.options === name);
    const isNew = now.lists[name]?.version === '';
    if (!isNew)
      found.push({ uid: user?.uid ?? name, name: user ?? { zh: name, en: name }, kind: 'list', what: [] });
  }
  return found;
}

const byRule = (rules: readonly RuleDraft[]) => new Map(rules.map((rule) => [rule.uid, rule]));

function rulesChanged(was: Draft, now: Draft): Change[] {
  const [before, after] = [byRule(was.rules), byRule(now.rules)];
  const told = (rule: RuleDraft, kind: RuleChange): Change => ({ uid: rule.uid, name: rule, kind, what: [] });
  const of = (rule: RuleDraft): Change[] => {
    const old = before.get(rule.uid);
    if (!old) return [told(rule, 'rule_added')];
    return same(old, rule) ? [] : [told(rule, 'rule')];
  };
  const gone = was.rules.filter((rule) => !after.has(rule.uid));
  return [...now.rules.flatMap(of), ...gone.map((rule) => told(rule, 'rule_removed'))];
}

/** Whether the form itself is another, beside its lists. */
export const formChanged = (changes: readonly Change[]): boolean =>
  changes.some((change) => change.kind !== 'list');

/** My changes laid over the form that somebody else has published; where both changed a thing, mine stands. */
export function rebased(was: Draft, mine: Draft, theirs: Draft): Draft {
  const [before, now, there] = [index(was.fields), index(mine.fields), index(theirs.fields)];
  const moved = movedIn(uids(was), uids(mine));
  let fields = theirs.fields
    .filter((field) => now.has(field.uid) || !before.has(field.uid))
    .map((field) => {
      const [old, own] = [before.get(field.uid), now.get(field.uid)];
      if (!old || !own) return field;
      return { ...field, ...Object.fromEntries(changedIn(old, own).map((name) => [name, own[name]])) };
    });
  for (const [at, field] of mine.fields.entries()) {
    const old = before.get(field.uid);
    const comes = !old || (!there.has(field.uid) && changedIn(old, field).length > 0);
    if (!comes && !(moved.has(field.uid) && there.has(field.uid))) continue;
    const entry = fields.find((one) => one.uid === field.uid) ?? field;
    fields = fields.filter((one) => one.uid !== field.uid);
    const ahead = mine.fields.slice(0, at).findLast((one) => fields.some((each) => each.uid === one.uid));
    fields.splice(ahead ? fields.findIndex((one) => one.uid === ahead.uid) + 1 : 0, 0, entry);
  }
  const groups = rebasedGroups(was, mine, theirs, fields);
  const own = JSON.stringify(was.type) === JSON.stringify(mine.type) ? theirs.type : mine.type;
  return { type: own, fields, groups, rules: rebasedRules(was, mine, theirs), lists: mine.lists };
}

/** Rules have no names of their own: theirs stay, and what I changed or added comes behind. */
function rebasedRules(was: Draft, mine: Draft, theirs: Draft): RuleDraft[] {
  const said = (rule: RuleDraft) => JSON.stringify([rule.must, rule.field, rule.zh]);
  const [old, own] = [was.rules.map(said), mine.rules.map(said)];
  const kept = theirs.rules.filter((rule) => !old.includes(said(rule)) || own.includes(said(rule)));
  const there = kept.map(said);
  const added = mine.rules.filter((rule) => !old.includes(said(rule)) && !there.includes(said(rule)));
  return [...kept, ...added.map((rule, at) => ({ ...rule, uid: `rule:mine-${at}` }))];
}

function rebasedGroups(was: Draft, mine: Draft, theirs: Draft, fields: readonly Entry[]) {
  const old = new Map(was.groups.map((group) => [group.key, group]));
  const own = new Map(mine.groups.map((group) => [group.key, group]));
  const used = new Set(fields.map((field) => field.group));
  const kept = theirs.groups
    .filter((group) => own.has(group.key) || !old.has(group.key) || used.has(group.key))
    .map((group) => {
      const fresh = own.get(group.key);
      return fresh && !same(fresh, old.get(group.key)) ? fresh : group;
    });
  const there = new Set(kept.map((group) => group.key));
  return [...kept, ...mine.groups.filter((group) => !there.has(group.key) && used.has(group.key))];
}
