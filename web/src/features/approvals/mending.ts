import type { Step, Written } from '@/api/approvals';
import { instantOf, wallOf } from '@/lib/time';

/** How a returned field is mended here; `elsewhere` needs the record's own form. */
export type Way = 'text' | 'line' | 'option' | 'steps' | 'lines' | 'when' | 'elsewhere';

const LONG = new Set([
  'summary', 'feedback', 'background', 'result', 'key_figures', 'reflection', 'problem', 'handling', 'comments',
]); // biome-ignore format: a list of names
const LINES = new Set(['risks', 'quotes']);
const LISTS = new Set(['objections', 'needs', 'qa']);

export function wayOf(slug: string, hasOptions: boolean, type: string | undefined): Way {
  if (slug === 'next_steps') return 'steps';
  if (slug === 'contact_at') return 'when';
  if (LINES.has(slug) || LISTS.has(slug)) return 'lines';
  if (hasOptions) return 'option';
  if (LONG.has(slug)) return 'text';
  return type === 'text' || type === 'longtext' ? 'line' : 'elsewhere';
}

export interface StepInput {
  key: number;
  act: string;
  /** `2026-11-27T10:00` on the wall of the organisation; empty when not set. */
  due: string;
  goal: string;
}

const two = (figure: number) => String(figure).padStart(2, '0');

export function toWall(iso: string | null): string {
  if (!iso) return '';
  const wall = wallOf(iso);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}

export function fromWall(text: string): string | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return instantOf({ year, month, day, hour, minute });
}

export function stepInputs(steps: readonly Step[]): StepInput[] {
  const found = steps.map((step, at) => ({
    key: at,
    act: step.act,
    due: toWall(step.due_at),
    goal: step.goal,
  }));
  return found.length ? found : [{ key: 0, act: '', due: '', goal: '' }];
}

/** Steps as the server takes them; empty ones are left out. */
export function stepsOut(steps: readonly StepInput[]) {
  return steps
    .filter((step) => step.act.trim())
    .map((step) => ({
      act: step.act.trim(),
      due_at: fromWall(step.due),
      goal: step.goal,
      precision: 'minute' as const,
    }));
}

/** A list as lines, and lines as the list: further parts of an entry stay with it. */
export function linesIn(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value
    .map((one) =>
      typeof one === 'string'
        ? one
        : String((one as Record<string, unknown>).text ?? (one as Record<string, unknown>).q ?? ''),
    )
    .join('\n');
}

export function linesOut(slug: string, text: string, old: unknown): unknown[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (LINES.has(slug)) return lines;
  const word = slug === 'qa' ? 'q' : 'text';
  const before = Array.isArray(old) ? (old as Record<string, unknown>[]) : [];
  return lines.map((line, at) => ({ ...before[at], [word]: line }));
}

/** The value with which a field of the form begins. */
export function initial(record: Written, slug: string, way: Way): string {
  if (way === 'lines') return linesIn(record[slug]);
  if (way === 'when') return toWall(record.contact_at);
  const value = record[slug];
  return value === null || value === undefined ? '' : String(value);
}
