import type { Written } from '@/api/approvals';
import type { Finding } from '@/api/types';
import { type Mark, quoteSpans, toUnits } from '@/lib/marks';
import type { Key } from '@/locales';

/** What a reviewer has typed about one record and not sent yet. */
export interface Draft {
  /** Field → what has to be mended there. */
  comments: Record<string, string>;
  /** Findings that are no problem here, by their place in the list. */
  ignored: number[];
  note: string;
}
export const EMPTY: Draft = { comments: {}, ignored: [], note: '' };

/** How many fields have a comment with words in it. */
export function commented(draft: Draft): string[] {
  return Object.keys(draft.comments).filter((slug) => draft.comments[slug]?.trim());
}

/** Rows of a record in reading order; further parts only when something stands in them. */
export const FIRST = ['contact_id', 'contact_at', 'summary', 'feedback', 'next_steps', 'objections'] as const;
export const FURTHER = [
  'topic',
  'background',
  'problem',
  'handling',
  'goal',
  'result',
  'key_figures',
  'status_reason',
  'needs',
  'risks',
  'interest',
  'special',
  'competitor',
  'expectation',
  'help_needed',
  'reflection',
] as const;

/** The row on which a finding of the rules stands. */
export function rowOf(field: string | null | undefined): string {
  const name = (field ?? '').replace(/[.[].*$/, '');
  if (name === 'channel' || name === 'entered_at') return 'contact_at';
  if (name === 'quotes') return 'feedback';
  if (name === 'contacted_by' || name === 'customer_id') return 'contact_id';
  return name || 'summary';
}

const GRAVE: Record<string, number> = { error: 0, warning: 1, hint: 2 };

export interface Numbered {
  /** Place in the server's list: what a grade names. */
  index: number;
  number: number;
  row: string;
  finding: Finding;
}

/** Findings gravest first, each with the number that marks its row; advice that never counts is left out. */
export function numbered(findings: readonly Finding[], all = false): Numbered[] {
  return findings
    .map((finding, index) => ({ finding, index, row: rowOf(finding.field), number: 0 }))
    .filter((each) => all || each.finding.severity !== 'hint')
    .sort((one, two) => (GRAVE[one.finding.severity] ?? 3) - (GRAVE[two.finding.severity] ?? 3))
    .map((each, at) => ({ ...each, number: at + 1 }));
}

/** What the rules and the customer's words mark in a text. */
export function marksIn(text: string, slug: string, findings: readonly Finding[]): Mark[] {
  const found = findings
    .filter((finding) => finding.span !== null && rowOf(finding.field) === slug && finding.field === slug)
    .map(
      (finding): Mark => ({
        span: toUnits(text, finding.span as [number, number]),
        tone: finding.severity === 'error' ? 'error' : 'warning',
      }),
    );
  return [...found, ...quoteSpans(text).map((span): Mark => ({ span, tone: 'quote' }))];
}

/** Two ready comments for a row; the third key says that the finding is none. */
export function quick(row: string): readonly [Key, Key] {
  if (row === 'next_steps') return ['reviews.quick_when', 'reviews.quick_who'];
  if (row === 'summary') return ['reviews.quick_cut', 'reviews.quick_words'];
  if (row === 'feedback') return ['reviews.quick_words', 'reviews.quick_figure'];
  return ['reviews.quick_add', 'reviews.quick_check'];
}

/** Lines of a list field, for reading. */
export function linesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .map((one) => {
      if (typeof one === 'string') return one;
      const row = one as Record<string, unknown>;
      const text = String(row.text ?? row.q ?? row.act ?? '');
      const answer = String(row.answer ?? row.a ?? '');
      return answer ? `${text} → ${answer}` : text;
    })
    .filter(Boolean);
}

/** The text of a further part, or nothing when it is empty. */
export function textOf(record: Written, slug: string): string {
  const value = record[slug];
  if (typeof value === 'string') return value.trim();
  return linesOf(value).join('\n');
}
