import type { Named, Precision, Words } from './types';

export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'hint';
  field: string | null;
  span: [number, number] | null;
  message: Words;
  why: string;
  example: string | null;
  suggestion: Words | null;
  fix: unknown;
  /** What the firm risks when this stays. */
  risk?: Words | null;
}
export interface CheckResult {
  score: number;
  axes: { structure: number; action: number; evidence: number; clarity: number };
  findings: Finding[];
  passed: number;
  /** The template it was judged by, and which of its conditions hold. */
  template?: { key: string; version: number };
  applies?: string[];
  score_after: number;
  next_step: {
    act: string;
    owner: Named | null;
    due_at: string | null;
    precision: Precision;
    goal: string | null;
    waits_only?: boolean;
    executable?: boolean;
  } | null;
}
