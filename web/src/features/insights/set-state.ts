import type { Measure, ProposedCell, TargetRow, TargetTable } from '@/api/targets';
import type { Body } from '@/api/types';
import { figureWithUnit } from '@/lib/figures';
import { t } from '@/locales';

/** Fen in ten thousand yuan: what people set amounts in. */
const WAN = 1_000_000;
export type Kind = 'member' | 'department';
/** What was typed in a cell, and the number that stood there when somebody began to. */
export interface Edit {
  text: string;
  was: number | null;
}
/** By cell; a cell that is not here stands as it was read. */
export type Edits = Readonly<Record<string, Edit>>;

export const keyOf = (kind: Kind, id: number, slug: string) => `${kind}.${id}.${slug}`;

/** A number as it stands in its field: amounts in 万. */
export function textOf(measure: Pick<Measure, 'money'>, number: number | null): string {
  if (number === null) return '';
  return String(measure.money ? number / WAN : number);
}

export type Read = { number: number | null } | { wrong: string };

/** What somebody typed into a cell: blank takes the target away. */
export function read(measure: Measure, text: string): Read {
  const plain = text
    .normalize('NFKC')
    .replace(/[,\s]/g, '')
    .replace(/万元?$/, '');
  if (plain === '') return { number: null };
  const pattern = measure.money ? /^\d{1,12}(\.\d{1,6})?$/ : /^\d{1,15}$/;
  if (!pattern.test(plain)) return { wrong: t(measure.money ? 'targets.bad_money' : 'targets.bad_number') };
  const number = measure.money ? Math.round(Number(plain) * WAN) : Number(plain);
  if (number > measure.most)
    return { wrong: t('targets.too_large', { n: figureWithUnit(measure, measure.most) }) };
  return { number };
}

export interface Standing {
  kind: Kind;
  row: TargetRow;
  measure: Measure;
}

/** Every cell of the table, departments first. */
export function cellsOf(table: TargetTable): Standing[] {
  const rows = [
    ...table.departments.map((row) => ({ kind: 'department' as const, row })),
    ...table.people.map((row) => ({ kind: 'member' as const, row })),
  ];
  return rows.flatMap((each) => table.measures.map((measure) => ({ ...each, measure })));
}

/** The cells that differ from what was read, and how many hold something that is no number. */
export function changes(table: TargetTable, edits: Edits): { cells: Body<'TargetIn'>[]; wrong: number } {
  const cells: Body<'TargetIn'>[] = [];
  let wrong = 0;
  for (const { kind, row, measure } of cellsOf(table)) {
    const edit = edits[keyOf(kind, row.id, measure.slug)];
    if (!edit) continue;
    const found = read(measure, edit.text);
    if ('wrong' in found) wrong += 1;
    else if (found.number !== (row.targets[measure.slug] ?? null)) {
      const whose = kind === 'member' ? { member_id: row.id } : { department_id: row.id };
      cells.push({ ...whose, measure: measure.slug, number: found.number, was: edit.was });
    }
  }
  return { cells, wrong };
}

function standing(table: TargetTable, key: string): number | null {
  const found = cellsOf(table).find(({ kind, row, measure }) => keyOf(kind, row.id, measure.slug) === key);
  return found?.row.targets[found.measure.slug] ?? null;
}

/** A cell with what was typed; what stood there is what stood at the first letter. */
export function typed(table: TargetTable, edits: Edits, key: string, text: string): Edits {
  const was = edits[key] ? edits[key].was : standing(table, key);
  return { ...edits, [key]: { text, was } };
}

/** What was typed, over the numbers as they stand now: somebody has been told that they are others. */
export function rebased(table: TargetTable, edits: Edits): Edits {
  return Object.fromEntries(
    Object.entries(edits).map(([key, { text }]) => [key, { text, was: standing(table, key) }]),
  );
}

/** Proposed numbers as if typed; a copy leaves alone what somebody has typed already. */
export function fillIn(table: TargetTable, edits: Edits, cells: ProposedCell[], over: boolean): Edits {
  let next = edits;
  for (const cell of cells) {
    const measure = table.measures.find((one) => one.slug === cell.measure);
    const kind: Kind = cell.member_id === null ? 'department' : 'member';
    const key = keyOf(kind, cell.member_id ?? cell.department_id ?? 0, cell.measure);
    if (measure && (over || !next[key]?.text)) next = typed(table, next, key, textOf(measure, cell.number));
  }
  return next;
}
