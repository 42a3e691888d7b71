import type { ImportColumn, ImportCounts, ImportRow, ImportRun, ImportState, Verdict } from '@/api/exchange';
import type { Words } from '@/api/types';

export type Step = 1 | 2 | 3 | 4;

/** Which of the four steps a state belongs to. */
export function stepOf(state: ImportState): Step {
  if (state === 'reading') return 1;
  if (state === 'mapping' || state === 'checking') return 2;
  if (state === 'checked') return 3;
  return 4;
}

export function fileName(run: ImportRun): string {
  return typeof run.file === 'string' ? run.file : run.file.name;
}

/** What a person should look at: a guess, or values that are not all understood. */
export const asks = (column: ImportColumn): boolean =>
  !column.sure || Boolean(column.field && column.seen?.doubt);

/** What must be looked at comes first on the phone; the order of the sheet is kept otherwise. */
export function unsureFirst(columns: readonly ImportColumn[]): ImportColumn[] {
  return [...columns.filter(asks), ...columns.filter((one) => !asks(one))];
}

/** Rows that can go in at once, and rows that wait for a person. */
export function split(counts: ImportCounts): { ready: number; open: number } {
  return { ready: counts.ready, open: counts.confirm + counts.duplicate + counts.refused };
}

export const VERDICTS: Verdict[] = ['ready', 'confirm', 'duplicate', 'refused'];

/** The parts of the bar in percent; a part that exists is never thinner than one percent. */
export function shares(counts: ImportCounts): Record<Verdict, number> {
  const total = VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0) || 1;
  const parts = { ready: 0, confirm: 0, duplicate: 0, refused: 0 };
  for (const verdict of VERDICTS) {
    const share = (counts[verdict] / total) * 100;
    parts[verdict] = counts[verdict] > 0 ? Math.max(1, share) : 0;
  }
  return parts;
}

const ALIASES: Record<string, string[]> = {
  customer: ['customer', 'customer.name', 'name'],
  contact: ['contact', 'contact.name'],
  contact_at: ['contact_at', 'followup.contact_at'],
  channel: ['channel', 'followup.channel'],
  summary: ['summary', 'followup.summary'],
  info: ['info', 'contact.info'],
  act: ['act', 'agenda.act'],
  due: ['due', 'agenda.due_at'],
};
export type Cell = 'customer' | 'contact' | 'contact_at' | 'channel' | 'summary' | 'info' | 'act' | 'due';

/** What a row shows: of a list of customers there is nothing said and no time; to-dos say what and when. */
export function cellsOf(columns: readonly ImportColumn[]): Cell[] {
  if (columns.some((column) => column.field === 'agenda.act')) return ['customer', 'due', 'act'];
  const told = columns.some((column) => column.field?.startsWith('followup.'));
  return told ? ['customer', 'contact', 'contact_at', 'channel', 'summary'] : ['customer', 'contact', 'info'];
}

const MOST_OWN = 5;
/** A column of the table of rows: a built-in one by its name, or the field of an own type by its slug and label. */
export interface Shown {
  key: Cell | `x_${string}`;
  label: Words | null;
}

/** The columns of the table: of an own type the first fields that the sheet brings, its title before them. */
export function shownOf(run: Pick<ImportRun, 'columns' | 'target' | 'targets'>): Shown[] {
  if (!run.target) return cellsOf(run.columns).map((key) => ({ key, label: null }));
  const brought = run.columns.map((column) => column.field);
  return run.targets
    .filter((one) => brought.includes(one.slug))
    .slice(0, MOST_OWN)
    .map((one) => ({ key: one.slug as `x_${string}`, label: one.label }));
}

/** A cell of a row with what the check says about it. */
export function cellOf(
  row: ImportRow,
  cell: string,
): { slug: string; text: string; state: 'bad' | 'unsure' | null } {
  const names = ALIASES[cell] ?? [cell];
  const slug = names.find((name) => name in row.values) ?? names.find((name) => name in row.cells) ?? cell;
  const state = names.map((name) => row.cells[name]).find(Boolean) ?? null;
  return { slug: names.find((name) => name in row.cells) ?? slug, text: row.values[slug] ?? '', state };
}
