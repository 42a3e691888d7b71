import type { Step, Written } from '@/api/approvals';
import { isOwn } from '@/lib/own';

/** How a returned field is mended here; `elsewhere` needs the record's own form. */
export type Way = 'text' | 'line' | 'option' | 'steps' | 'lines' | 'when' | 'own' | 'elsewhere';

const LONG = new Set([
  'summary', 'feedback', 'background', 'result', 'key_figures', 'reflection', 'problem', 'handling', 'comments',
]); // biome-ignore format: a list of names
const LINES = new Set(['risks', 'quotes']);
const LISTS = new Set(['objections', 'needs', 'qa']);

export function wayOf(slug: string, hasOptions: boolean, type: string | undefined): Way {
  if (slug === 'next_steps') return 'steps';
  if (isOwn(slug)) return 'own';
  if (slug === 'contact_at') return 'when';
  if (LINES.has(slug) || LISTS.has(slug)) return 'lines';
  if (hasOptions) return 'option';
  if (LONG.has(slug)) return 'text';
  return type === 'text' || type === 'longtext' ? 'line' : 'elsewhere';
}

export interface StepInput {
  key: number;
  act: string;
  due: string | null;
  goal: string;
}

export function stepInputs(steps: readonly Step[]): StepInput[] {
  const found = steps.map((step, at) => ({
    key: at,
    act: step.act,
    due: step.due_at,
    goal: step.goal,
  }));
  return found.length ? found : [{ key: 0, act: '', due: null, goal: '' }];
}

/** Steps as the server takes them; empty ones are left out. */
export function stepsOut(steps: readonly StepInput[]) {
  return steps
    .filter((step) => step.act.trim())
    .map((step) => ({
      act: step.act.trim(),
      due_at: step.due,
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
  if (way === 'when') return record.contact_at;
  const value = record[slug];
  return value === null || value === undefined ? '' : String(value);
}
