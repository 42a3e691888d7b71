import type {
  Allowed,
  Design,
  DesignBody,
  DesignField,
  DesignGroup,
  DesignRule,
  FieldWords,
  ListedOption,
  Settings,
} from '@/api/designs';
import type { CustomerMode } from '@/api/records';
import type { Words } from '@/api/types';
import { type StateDraft, sentStates, statesOf } from '@/components/states/states';
import { askedIn, renamed } from './conditions';
import { renamedIn } from './formula';

/** A field of the draft; `uid` names it on the screen, `key` at the server once it is known there. */
export interface Entry extends FieldWords {
  uid: string;
  key: string | null;
  own: boolean;
  /** Filled in by the system, never by hand. */
  auto: boolean;
  can: Allowed;
}
export interface OptionDraft extends ListedOption {
  uid: string;
}
/** An option list that is edited here: the version it was begun on, its options then and now. */
export interface ListDraft {
  version: string;
  was: OptionDraft[];
  items: OptionDraft[];
}
/** A rule of the draft; `field` is the uid of the one it is said beside. */
export interface RuleDraft extends DesignRule {
  uid: string;
}
/** What a type of the team's own is, beyond its form. */
export interface TypeDraft extends Words {
  customer: CustomerMode;
  states: StateDraft[];
}
export interface Draft {
  /** null: a type of the code. */
  type: TypeDraft | null;
  fields: Entry[];
  groups: DesignGroup[];
  rules: RuleDraft[];
  lists: Record<string, ListDraft>;
}
/** Where a field stands: in a group, before another of it or at its end. */
export interface Place {
  group: string;
  before: string | null;
}

/** The last of the groups that every form has; fields of a group that goes move there. */
export const REST = 'more';
const FREE: Allowed = { require: true, loosen: true, hide: true, remove: true, filter: true };

/** An English name that only repeats the Chinese one was never given; so a new Chinese one stands for both again. */
export const unrepeated = <N extends Words>(named: N): N =>
  named.en === named.zh ? { ...named, en: '' } : named;

export function draftOf(
  design: Pick<Design, 'fields' | 'groups' | 'rules' | 'type'>,
  auto: (key: string) => boolean,
): Draft {
  const entry = (field: DesignField): Entry => ({
    ...(field.own ? unrepeated(field) : field),
    uid: field.key,
    auto: auto(field.key),
  });
  const rules = design.rules.map((rule, at) => ({ ...unrepeated(rule), uid: `rule:${at}` }));
  const { type: own } = design;
  const type = own
    ? { ...unrepeated({ zh: own.zh, en: own.en }), customer: own.customer, states: statesOf(own.states) }
    : null;
  return { type, fields: design.fields.map(entry), groups: design.groups.map(unrepeated), rules, lists: {} };
}

/** A new field with a name in the language of whoever makes it. */
export function newEntry(uid: string, type: string, name: Partial<Words>, auto = false): Entry {
  const texts = { zh: '', en: '', help_zh: '', help_en: '', good: '', bad: '', ...name };
  const state = { options: null, required: false, hidden: false, group: REST, settings: {} };
  return { uid, key: null, own: true, auto, type, ...texts, ...state, can: FREE };
}

export interface Part {
  key: string;
  fields: Entry[];
}

/** Groups in the order in which their first field stands, as the production forms draw them. */
function grouped(fields: readonly Entry[]): Part[] {
  return [...new Set(fields.map((field) => field.group))].map((key) => ({
    key,
    fields: fields.filter((field) => field.group === key),
  }));
}

export const isShown = (field: Entry): boolean => !field.hidden && !field.auto;
export const entryOf = (draft: Draft, uid: string | null): Entry | undefined =>
  draft.fields.find((field) => field.uid === uid);

/** The parts of the form as it is drawn; own groups without a field stand at the end. */
export function partsOf(draft: Draft): Part[] {
  const parts = grouped(draft.fields.filter(isShown));
  const empty = draft.groups.filter((group) => !parts.some((part) => part.key === group.key));
  return [...parts, ...empty.map((group) => ({ key: group.key, fields: [] }))];
}

/** The fields in the order in which they are drawn; what is not drawn keeps its place between them. */
export function tidy(fields: readonly Entry[]): Entry[] {
  const drawn = grouped(fields.filter(isShown)).flatMap((part) => part.fields);
  return fields.map((field) => (isShown(field) ? (drawn.shift() ?? field) : field));
}

function laid(fields: readonly Entry[], entry: Entry, place: Place): Entry[] {
  const next = [...fields];
  const inside = place.before === null ? -1 : next.findIndex((field) => field.uid === place.before);
  const last = (fits: (field: Entry) => boolean) =>
    next.findLastIndex((field) => isShown(field) && fits(field));
  const behind = last((field) => field.group === place.group);
  const at = inside >= 0 ? inside : (behind >= 0 ? behind : last(() => true)) + 1;
  next.splice(at, 0, { ...entry, group: place.group, hidden: false });
  return next;
}

/** A new field, or one that was put away, laid into the form. */
export function insert(draft: Draft, entry: Entry, place: Place): Draft {
  const rest = tidy(draft.fields).filter((field) => field.uid !== entry.uid);
  return { ...draft, fields: laid(rest, entry, place) };
}

export function move(draft: Draft, uid: string, place: Place): Draft {
  const entry = entryOf(draft, uid);
  if (!entry || place.before === uid) return draft;
  const now = placeAfter(draft, uid);
  if (isShown(entry) && now.group === place.group && now.before === place.before) return draft;
  return insert(draft, entry, place);
}

export function patch(draft: Draft, uid: string, values: Partial<FieldWords & Pick<Entry, 'auto'>>): Draft {
  const fields = draft.fields.map((field) => (field.uid === uid ? { ...field, ...values } : field));
  return { ...draft, fields };
}

/** A field put away keeps its values, its place and its conditions; a hidden one cannot be required. */
export function hide(draft: Draft, uid: string): Draft {
  const day = entryOf(draft, uid)?.required_when ? {} : { required_from: undefined };
  return patch(draft, uid, { hidden: true, required: false, ...day });
}

export const remove = (draft: Draft, uid: string): Draft => ({
  ...draft,
  fields: draft.fields.filter((field) => field.uid !== uid),
});

/** A label that no field of the draft has yet. */
export function freeName(draft: Draft, wanted: string, of: 'zh' | 'en'): string {
  const taken = new Set(draft.fields.map((field) => field[of]));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${wanted} ${number}`)) return `${wanted} ${number}`;
}

/** A copy of a field behind it, as a new field of the team. */
export function duplicate(draft: Draft, uid: string, copy: string): Draft {
  const from = entryOf(draft, uid);
  if (!from) return draft;
  const entry: Entry = {
    ...from,
    ...{ uid: copy, key: null, own: true, can: FREE },
    zh: from.zh && freeName(draft, from.zh, 'zh'),
    en: from.en && freeName(draft, from.en, 'en'),
  };
  return insert(draft, entry, placeAfter(draft, uid));
}

/** The place behind a field; without one the end of the form. */
export function placeAfter(draft: Draft, uid: string | null): Place {
  const parts = partsOf(draft);
  for (const part of parts) {
    const at = part.fields.findIndex((field) => field.uid === uid);
    if (at >= 0) return { group: part.key, before: part.fields[at + 1]?.uid ?? null };
  }
  const own = parts.find((part) => `group:${part.key}` === uid);
  return { group: own?.key ?? parts.at(-1)?.key ?? REST, before: null };
}

export const addGroup = (draft: Draft, group: DesignGroup): Draft => ({
  ...draft,
  groups: [...draft.groups, group],
});
export const nameGroup = (draft: Draft, key: string, values: Partial<DesignGroup>): Draft => ({
  ...draft,
  groups: draft.groups.map((group) => (group.key === key ? { ...group, ...values } : group)),
});

/** A group goes; its fields move to the rest. */
export function removeGroup(draft: Draft, key: string): Draft {
  const fields = draft.fields.map((field) => (field.group === key ? { ...field, group: REST } : field));
  return { ...draft, fields, groups: draft.groups.filter((group) => group.key !== key) };
}

/** A group with its drawn fields moves before another one, or to the end. */
export function moveGroup(draft: Draft, key: string, before: string | null): Draft {
  if (key === before) return draft;
  const fields = tidy(draft.fields);
  const mine = fields.filter((field) => isShown(field) && field.group === key);
  const rest = fields.filter((field) => !mine.includes(field));
  const at =
    before === null
      ? rest.findLastIndex(isShown) + 1
      : rest.findIndex((field) => isShown(field) && field.group === before);
  if (!mine.length || at < 0) return draft;
  rest.splice(at, 0, ...mine);
  return { ...draft, fields: rest };
}

/** How many fields of the form are filled in by hand, and how many of them are typed freely. */
export function figures(draft: Draft): { hand: number; free: number } {
  const hand = draft.fields.filter(isShown);
  return { hand: hand.length, free: hand.filter((field) => FREE_TYPES.has(field.type)).length };
}
const FREE_TYPES = new Set(['text', 'longtext', 'rich', 'richtext']);

/** Who works in English only names things once. */
const inChinese = <N extends Words>(named: N): N => ({ ...named, zh: named.zh.trim() || named.en });

/** The keys of new fields as the server will give them: in the order in which they stand. */
export function foreseen(draft: Draft, next: string): Map<string, string> {
  const first = Number(next.slice(3));
  return new Map(draft.fields.filter((field) => !field.key).map(({ uid }, at) => [uid, `cf_${first + at}`]));
}

/** Settings as they are published: other fields by their keys, options by those that the server has given. */
function settled(
  settings: Settings,
  fields: ReadonlyMap<string, string>,
  named: (value: unknown) => unknown,
) {
  const key = (uid: string) => fields.get(uid) ?? uid;
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      if (name === 'default') return [name, named(value)];
      if (name === 'through') return [name, key(String(value))];
      if (name === 'formula') return [name, renamedIn(String(value), key)];
      return [name, value];
    }),
  );
}

/** The document as it is published, begun on a version with its next free key; `keys` names the options that the
 *  server has named since. */
export function bodyOf(
  draft: Draft,
  { version, next_key }: Pick<Design, 'version' | 'next_key'>,
  why: string,
  keys: ReadonlyMap<string, string>,
): DesignBody {
  const coming = foreseen(draft, next_key);
  const there = new Set(draft.fields.filter((field) => !field.hidden).map((field) => field.uid));
  /** A field put away asks nothing of one that is not there either. */
  const asked = (node: unknown, away = false) =>
    away && askedIn(node).some((uid) => !there.has(uid)) ? undefined : renamed(node, coming, keys);
  const named = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(named) : typeof value === 'string' ? (keys.get(value) ?? value) : value;
  const fields = draft.fields.map(({ uid: _uid, own: _own, auto: _auto, can: _can, key, ...said }) => ({
    ...(key ? { key } : {}),
    ...inChinese(said),
    settings: settled(said.settings, coming, named),
    visible_when: asked(said.visible_when, said.hidden),
    required_when: asked(said.required_when, said.hidden),
  }));
  const rules = draft.rules.map(({ uid: _uid, must, field, ...said }) => ({
    ...inChinese(said),
    must: asked(must),
    field: coming.get(field) ?? field,
  }));
  const type = draft.type ? { ...inChinese(draft.type), states: sentStates(draft.type.states) } : {};
  return { version, why, groups: draft.groups.map(inChinese), fields, rules, ...type };
}
