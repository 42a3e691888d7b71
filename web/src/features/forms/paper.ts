import type { PaperField } from '@/api/designs';
import {
  addGroup,
  type Draft,
  entryOf,
  insert,
  isShown,
  move,
  moveGroup,
  newEntry,
  partsOf,
  REST,
} from './draft';
import { newOption, setList } from './lists';

/** One thing that a document asks, as whoever shapes the form has put it right. */
export interface PaperRow {
  asked: PaperField;
  on: boolean;
  zh: string;
  type: string;
  required: boolean;
  /** The options, a stroke between. */
  options: string;
}
/** Names that only the screen can give. */
export interface Naming {
  uid: (of: 'f' | 'o') => string;
  list: () => string;
  group: () => string;
  /** What a group is called on the form. */
  groupName: (draft: Draft, key: string) => string;
  /** The form gives fields of this type itself. */
  given: (type: string) => boolean;
}

export const rowsOf = (fields: readonly PaperField[]): PaperRow[] =>
  fields.map((asked) => ({
    asked,
    on: asked.known === null || asked.known.hidden,
    zh: asked.label,
    type: asked.type,
    required: asked.required,
    options: asked.options.join(' / '),
  }));

/** On the form already, so that there is nothing to place. */
export const stands = ({ asked: { known } }: PaperRow): boolean => Boolean(known?.here && !known.hidden);
const back = ({ asked: { known } }: PaperRow): boolean => Boolean(known?.here && known.hidden);
export const chooses = (type: string): boolean => type === 'option' || type === 'options';
export const optionsOf = (row: PaperRow): string[] => [
  ...new Set(
    row.options
      .split(/[/／]/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];
/** The list of the team that has these options, as long as nobody has changed them. */
export const listOf = (row: PaperRow): string | null =>
  chooses(row.type) && row.options === row.asked.options.join(' / ') ? row.asked.list : null;

export type Wrong = 'no_name' | 'no_options' | 'twice' | 'rename';

/** What stands against placing this row; null: nothing. */
export function wrongOf(row: PaperRow, rows: readonly PaperRow[], draft: Draft): Wrong | null {
  if (!row.on || stands(row) || back(row)) return null;
  const name = row.zh.trim();
  if (!name) return 'no_name';
  const { known } = row.asked;
  if (known && name === known.field.zh) return 'rename';
  const again = rows.some((one) => one !== row && one.on && !stands(one) && one.zh.trim() === name);
  if (again || draft.fields.some((field) => field.zh === name)) return 'twice';
  if (chooses(row.type) && !listOf(row) && !optionsOf(row).length) return 'no_options';
  return null;
}

/** The key of a group by its name; where there is none yet, a new one is made. */
function grouped(draft: Draft, name: string, naming: Naming): [Draft, string] {
  const keys = [...partsOf(draft).map((part) => part.key), ...draft.groups.map((group) => group.key)];
  const key = keys.find((one) => naming.groupName(draft, one) === name);
  if (key) return [draft, key];
  const made = naming.group();
  return [addGroup(draft, { key: made, zh: name.slice(0, 60), en: '' }), made];
}

function fresh(draft: Draft, row: PaperRow, group: string, uid: string, naming: Naming): Draft {
  const { asked } = row;
  const entry = newEntry(uid, row.type, { zh: row.zh.trim() }, naming.given(row.type));
  const same = row.type === asked.type;
  const said = {
    required: row.required && !entry.auto,
    help_zh: asked.help,
    settings: same ? asked.settings : {},
  };
  if (!chooses(row.type)) return insert(draft, { ...entry, ...said }, { group, before: null });
  const known = listOf(row);
  const list = known ?? naming.list();
  const placed = insert(draft, { ...entry, ...said, options: list }, { group, before: null });
  if (known) return placed;
  const items = optionsOf(row).map((zh) => ({ ...newOption(naming.uid('o')), zh: zh.slice(0, 60) }));
  return setList(placed, list, { version: '', was: [], items });
}

/**
 * The form with what was taken from a document, in its order: new fields in its groups, those put away back on the form.
 * `arrange`: fields that stand there move to the groups of the document too, which come first.
 * @returns the draft and the uids of the new fields
 */
export function laidPaper(
  draft: Draft,
  rows: readonly PaperRow[],
  arrange: boolean,
  naming: Naming,
): { draft: Draft; made: string[] } {
  let next = draft;
  const made: string[] = [];
  const order: string[] = [];
  const done = new Set<string>();
  for (const row of rows.filter((one) => one.on || stands(one))) {
    const { group, known } = row.asked;
    const uid = known?.here ? known.key : naming.uid('f');
    const entry = entryOf(next, uid);
    if (done.has(uid) || (known?.here && !entry) || (entry && isShown(entry) && !(arrange && group)))
      continue;
    if (entry?.auto) continue;
    done.add(uid);
    let key = entry?.group ?? partsOf(next).at(-1)?.key ?? REST;
    if (group) [next, key] = grouped(next, group, naming);
    if (group && !order.includes(key)) order.push(key);
    if (!entry) {
      next = fresh(next, row, key, uid, naming);
      made.push(uid);
    } else if (isShown(entry)) next = move(next, uid, { group: key, before: null });
    else next = insert(next, entry, { group: key, before: null });
  }
  if (arrange) for (const key of order.reverse()) next = moveGroup(next, key, partsOf(next)[0]?.key ?? null);
  return { draft: next, made };
}
