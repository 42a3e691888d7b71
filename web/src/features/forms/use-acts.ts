import { newKey } from '@/api/client';
import { askFieldUse, type TypeChoice } from '@/api/designs';
import { capital } from '@/lib/names';
import { say } from '@/lib/notify';
import { locale, t } from '@/locales';
import { askedBy } from './broken';
import {
  addGroup,
  duplicate,
  type Entry,
  entryOf,
  freeName,
  hide,
  insert,
  move,
  moveGroup,
  newEntry,
  type Place,
  patch,
  placeAfter,
  remove,
} from './draft';
import { newListName, startList } from './lists';
import { type Carried, groupName, nameOf } from './names';
import { laidPaper, type PaperRow } from './paper';
import { placeOf } from './places';
import { type Designer, newUid } from './use-designer';

const newGroupKey = () => `g_${newKey().slice(0, 8)}`;
const optionUid = () => newUid('o');

/** A new field is named first of all. */
function nameIt(): void {
  requestAnimationFrame(() => {
    const name = document.querySelector<HTMLInputElement>('#fp-label');
    name?.focus();
    name?.select();
  });
}

/** Everything that can be done with the form, each one step that can be undone. */
export function useActs(designer: Designer, types: readonly TypeChoice[]) {
  const { draft, change, select, selected } = designer;
  const undo = { label: t('common.undo'), run: designer.undoLast };

  const add = (type: string, place: Place = placeAfter(draft, selected)): void => {
    const known = types.find((one) => one.type === type);
    const label = known?.label ?? { zh: type, en: type };
    const uid = newUid('f');
    const of = locale() === 'zh-CN' ? 'zh' : 'en';
    const entry = newEntry(uid, type, { [of]: freeName(draft, capital(label[of]), of) }, known?.given);
    const listed = known?.options ?? false;
    const name = newListName();
    const next = insert(draft, listed ? { ...entry, options: name } : entry, place);
    change(listed ? startList(next, name, optionUid) : next);
    select(uid);
    nameIt();
  };
  const bringBack = (uid: string, place: Place = placeAfter(draft, selected)): void => {
    const entry = entryOf(draft, uid);
    if (!entry) return;
    change(insert(draft, entry, place));
    select(uid);
  };
  /** With the conditions that now ask about what is not there. */
  const told = (uid: string, sentence: string): string => {
    const names = askedBy(draft, uid).join(t('common.list'));
    return names ? t('forms.asked_by', { said: sentence, names }) : sentence;
  };
  const putAway = (uid: string, sentence: string): void => {
    change(hide(draft, uid));
    say(told(uid, sentence), 'ok', undo);
  };
  const hideOne = (uid: string): void => {
    const entry = entryOf(draft, uid);
    if (entry?.can.hide) putAway(uid, t('forms.hidden', { name: nameOf(entry) }));
  };
  const drop = async (uid: string): Promise<void> => {
    const entry = entryOf(draft, uid);
    if (!entry?.can.remove) return;
    const held = entry.key ? await askFieldUse(designer.type, entry.key).catch(() => null) : null;
    if (held?.records) {
      putAway(uid, t('forms.hidden_filled', { name: nameOf(entry), n: held.records }));
      return;
    }
    change(remove(draft, uid));
    select(null);
    say(told(uid, t('forms.removed', { name: nameOf(entry) })), 'ok', undo);
  };
  const copy = (uid: string): void => {
    const made = newUid('f');
    change(duplicate(draft, uid, made));
    select(made);
  };
  const newGroup = (uid: string | null = null): void => {
    const key = newGroupKey();
    const name = t('forms.group_new');
    const names = locale() === 'zh-CN' ? { zh: name, en: '' } : { zh: '', en: name };
    const next = addGroup(draft, { key, ...names });
    change(uid ? move(next, uid, { group: key, before: null }) : next);
    select(`group:${key}`);
    nameIt();
  };
  const retype = (entry: Entry, type: string): void => {
    const { options: listed = false, given: auto = false } = types.find((one) => one.type === type) ?? {};
    const kept = listed ? entry.options : null;
    const name = kept ?? newListName();
    const next = patch(draft, entry.uid, { type, auto, settings: {}, options: listed ? name : null });
    change(listed && !kept ? startList(next, name, optionUid) : next);
  };
  /** What a drop means: a field or a group moves, a new or a hidden field comes. */
  const land = (item: Carried, key: string): void => {
    if (item.kind === 'new') add(item.type, placeOf(key));
    else if (item.kind === 'group') change(moveGroup(draft, item.key, key.slice(1) || null));
    else if (entryOf(draft, item.uid)?.hidden) bringBack(item.uid, placeOf(key));
    else {
      change(move(draft, item.uid, placeOf(key)));
      select(item.uid);
    }
  };
  /** What was read of a document, as one step. */
  const takePaper = (rows: readonly PaperRow[], arrange: boolean): void => {
    const { draft: next, made } = laidPaper(draft, rows, arrange, {
      uid: newUid,
      list: newListName,
      group: newGroupKey,
      groupName,
      given: (type) => types.find((one) => one.type === type)?.given ?? false,
    });
    change(next);
    const [first] = made;
    select(first ?? null);
    requestAnimationFrame(() =>
      document.querySelector(`[data-cell="${first}"]`)?.scrollIntoView({ block: 'center' }),
    );
    const n = rows.filter((row) => row.on).length;
    say(n ? t('forms.paper_taken', { n }) : t('forms.paper_arranged'), 'ok', undo);
  };
  const own = (type: string): boolean => types.some((one) => one.type === type);
  return {
    add,
    bringBack,
    hide: hideOne,
    remove: (uid: string) => void drop(uid),
    /** A field of a type that only built-in ones have cannot be copied. */
    copies: (entry: Entry) => own(entry.type),
    copy,
    addGroup: newGroup,
    regroup: (uid: string, group: string) => change(move(draft, uid, { group, before: null })),
    retype,
    land,
    takePaper,
  };
}
export type Acts = ReturnType<typeof useActs>;
