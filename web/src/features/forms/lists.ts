import { newKey } from '@/api/client';
import type { OptionList } from '@/api/designs';
import { type Draft, type ListDraft, type OptionDraft, unrepeated } from './draft';

/** Colours that an option can have: those of the charts, which differ for every eye. */
export const COLORS = ['#0E6A5E', '#BF7F14', '#4A86D8', '#A0609A', '#C0563B', '#8E948F'] as const;

export const newOption = (uid: string): OptionDraft => ({
  uid,
  key: null,
  zh: '',
  en: '',
  color: null,
  synonyms: [],
  retired: false,
});

/** A list that nobody has seen yet, with room for three options. */
export const blankList = (uid: () => string): ListDraft => ({
  version: '',
  was: [],
  items: [newOption(uid()), newOption(uid()), newOption(uid())],
});

/** The machine's name of a new list; people know it by the fields that use it. */
export const newListName = (): string => `list_${newKey().slice(0, 8)}`;

export function listDraftOf(list: OptionList): ListDraft {
  const items = list.items.map((item) => ({ ...unrepeated(item), uid: item.key ?? '' }));
  return { version: list.version, was: items, items };
}

export const setList = (draft: Draft, name: string, list: ListDraft): Draft => ({
  ...draft,
  lists: { ...draft.lists, [name]: list },
});

/** A new list for a choice that has none yet. */
export const startList = (draft: Draft, name: string, uid: () => string): Draft =>
  setList(draft, name, blankList(uid));

export function dropList(draft: Draft, name: string): Draft {
  const { [name]: _dropped, ...lists } = draft.lists;
  return { ...draft, lists };
}

export const setOption = (list: ListDraft, uid: string, values: Partial<OptionDraft>): ListDraft => ({
  ...list,
  items: list.items.map((item) => (item.uid === uid ? { ...item, ...values } : item)),
});

/** A line that nobody has named is no option yet. */
export const isOption = (item: OptionDraft): boolean =>
  item.key !== null || `${item.zh}${item.en}`.trim() !== '';

/** The options as they are sent; who works in English only names them once. */
export const sentItems = (list: ListDraft) =>
  list.items.filter(isOption).map(({ uid: _uid, key, ...said }) => ({
    ...(key ? { key } : {}),
    ...said,
    zh: said.zh.trim() || said.en.trim(),
    en: said.en.trim(),
  }));

/** The list as it is once the server has saved it: keys in the order sent. */
export function savedList(list: ListDraft, version: string, keys: readonly string[]): ListDraft {
  const items = list.items.filter(isOption).map((item, at) => ({ ...item, key: keys[at] ?? item.key }));
  return { version, was: items, items };
}

/** Which key the server gave to each new option. */
export const newKeys = (list: ListDraft): [string, string][] =>
  list.items.flatMap((item) => (item.key && item.key !== item.uid ? [[item.uid, item.key]] : []));

/** A draft, also one to undo to, after a list was saved: it goes on from the saved version. */
export function settled(draft: Draft, name: string, saved: ListDraft): Draft {
  const list = draft.lists[name];
  if (!list) return draft;
  const keys = new Map(saved.items.map((item) => [item.uid, item.key]));
  const items = list.items.map((item) => ({ ...item, key: item.key ?? keys.get(item.uid) ?? null }));
  return setList(draft, name, { version: saved.version, was: saved.was, items });
}

/** An option that could not be removed stands in its place again. */
export function putBack(list: ListDraft, key: string): ListDraft {
  const at = list.was.findIndex((item) => item.key === key);
  const item = list.was[at];
  if (!item || list.items.some((one) => one.key === key)) return list;
  const items = [...list.items];
  items.splice(Math.min(at, items.length), 0, item);
  return { ...list, items };
}
