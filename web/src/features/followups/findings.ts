import type { Finding } from '@/api/types';
import { type Mark, type Tone, toUnits } from '@/lib/marks';
import { words } from '@/lib/names';
import { emptyStep, type LogDraft } from './draft';

export type Part =
  | 'contact'
  | 'contact_at'
  | 'channel'
  | 'summary'
  | 'feedback'
  | 'next_steps'
  | 'status'
  | 'customer';

const PARTS: Record<string, Part> = {
  contact: 'contact',
  contact_id: 'contact',
  contact_info: 'contact',
  联系人: 'contact',
  联系方式: 'contact',
  contact_at: 'contact_at',
  entered_at: 'contact_at',
  跟进时间: 'contact_at',
  记录时间: 'contact_at',
  channel: 'channel',
  跟进方式: 'channel',
  summary: 'summary',
  跟进内容: 'summary',
  feedback: 'feedback',
  quotes: 'feedback',
  客户反馈: 'feedback',
  next_step: 'next_steps',
  next_steps: 'next_steps',
  owner: 'next_steps',
  due_at: 'next_steps',
  due: 'next_steps',
  下一步计划: 'next_steps',
  负责人: 'next_steps',
  截止日期: 'next_steps',
  status: 'status',
  跟进状态: 'status',
  customer: 'customer',
  customer_id: 'customer',
  name: 'customer',
  客户名称: 'customer',
};

/** The input to which a field of the server belongs. */
export function partOf(field: string | null | undefined): Part | null {
  const name = (field ?? '').replace(/[.[].*$/, '');
  return PARTS[name] ?? null;
}

/** Where on the form a field of the server stands: its input, or its part of the template. */
export function placeOf(field: string | null | undefined): string {
  return partOf(field) ?? field ?? 'summary';
}

export function toneOf(severity: string): Tone {
  if (severity === 'error') return 'error';
  return severity === 'warning' ? 'warning' : 'hint';
}

const ORDER: Record<Tone, number> = { error: 0, warning: 1, hint: 2, quote: 3 };

function textOf(draft: LogDraft, part: Part): string {
  if (part === 'summary') return draft.summary;
  if (part === 'feedback') return draft.feedback;
  if (part === 'next_steps') return draft.steps.map((step) => step.act).join('');
  return '';
}

/**
 * The findings worth showing now, gravest first: of a text only when it was left or is longer than
 * 12 characters, of what is still missing only after it was left; after a try to submit all of them.
 */
export function visible(
  findings: readonly Finding[],
  draft: LogDraft,
  left: ReadonlySet<Part>,
  tried: boolean,
): Finding[] {
  return findings
    .filter((finding) => {
      if (tried) return true;
      // What the template wants is said once the person has begun to write.
      if (finding.rule === 'template-part') return draft.summary.length > 12;
      const part = partOf(finding.field);
      if (part === null) return finding.severity !== 'error';
      return left.has(part) || textOf(draft, part).length > 12;
    })
    .sort(
      (one, two) =>
        ORDER[toneOf(one.severity)] - ORDER[toneOf(two.severity)] || Number(!one.fix) - Number(!two.fix),
    );
}

/** Marks for the layer behind one text. */
export function marksFor(findings: readonly Finding[], part: Part, text: string): Mark[] {
  return findings
    .filter((finding) => finding.span !== null && partOf(finding.field) === part)
    .map((finding) => ({
      span: toUnits(text, finding.span as [number, number]),
      tone: toneOf(finding.severity),
    }));
}

/** What one tap puts into the draft, or null when the rule has no ready text. */
export function fixOf(finding: Finding, draft: LogDraft): Partial<LogDraft> | null {
  const { fix } = finding;
  const part = partOf(finding.field);
  if (typeof fix !== 'string' || !fix.trim()) return null;
  // A ready text would wipe out the marks.
  if (part === 'summary') return draft.summary_blocks ? null : { summary: fix };
  if (part === 'feedback') return { feedback: fix };
  if (part === 'next_steps') {
    const [first = emptyStep(), ...rest] = draft.steps;
    return {
      steps: [
        { ...first, act: fix, read: null, owner_id: null, due_at: null, goal: null, by_hand: {} },
        ...rest,
      ],
    };
  }
  return null;
}

/** The findings that Alt 1, Alt 2 … mend, in order; a fix that mends several is offered once. */
export function fixable(findings: readonly Finding[], draft: LogDraft): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = `${partOf(finding.field)} ${String(finding.fix)}`;
    if (seen.has(key) || !fixOf(finding, draft)) return false;
    seen.add(key);
    return true;
  });
}

/** The words on the button: the final text, or for a long one what it does. */
export function fixLabel(finding: Finding): string {
  const text = String(finding.fix ?? '');
  if (text.length <= 30) return text;
  return words(finding.suggestion) || `${text.slice(0, 29)}…`;
}
