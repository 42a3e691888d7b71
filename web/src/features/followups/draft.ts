import type { FollowUpBody, NeedLine, ObjectionLine, QuestionLine, StepBody } from '@/api/followups';
import type { TemplatePart } from '@/api/templates';
import type { CheckResult, Id, Precision, StoredFile } from '@/api/types';
import { isBare, isTree, plainOf, type Tree, treeOf } from '@/lib/blocks';
import { quotesIn } from '@/lib/marks';
import { isBlank, isOwn } from '@/lib/own';

export interface StepDraft {
  key: string;
  act: string;
  owner_id: Id | null;
  due_at: string | null;
  precision: Precision;
  goal: string | null;
  /** The act without person, date and aim, as read from exactly the sentence `of`. */
  read: { of: string; act: string } | null;
  /** What the person chose by hand; the sentence no longer changes it. */
  by_hand: { owner?: boolean; due?: boolean; goal?: boolean };
}

/** Fields of the draft that are lists or choices with a place of their own. */
const OWN = [
  'needs',
  'objections',
  'quotes',
  'qa',
  'risks',
  'attitude_from',
  'attitude_to',
  'mood',
  'trust',
  'satisfaction',
  'status',
  'status_reason',
  'result',
  'participants_ours',
  'participants_theirs',
  'files',
] as const;
type Own = (typeof OWN)[number];
const hasPlace = (slug: string): slug is Own => (OWN as readonly string[]).includes(slug);

/** What the draft holds for a field of the field list. */
export function heldBy(draft: LogDraft, slug: string): unknown {
  return hasPlace(slug) ? draft[slug] : (draft.details[slug] ?? null);
}

/** The change that puts a value into the field. */
export function withValue(draft: LogDraft, slug: string, value: unknown): Partial<LogDraft> {
  if (hasPlace(slug)) return { [slug]: value } as Partial<LogDraft>;
  return { details: { ...draft.details, [slug]: value } };
}

export interface LogDraft {
  customer_id: Id;
  contact_id: Id | null;
  contact_at: string;
  precision: Precision;
  /** False while 时间 still means "now". */
  at_by_hand: boolean;
  channel: string;
  summary: string;
  /** The rich editor's content; `summary` is then its plain text. Null: the field is a plain one. */
  summary_blocks: Tree | null;
  feedback: string;
  steps: StepDraft[];
  /** The template chosen by hand; null follows the person's last one. */
  template: string | null;
  kind: string;
  /** Parts of the template that were opened, by their first field. */
  open: string[];
  needs: NeedLine[];
  objections: ObjectionLine[];
  quotes: string[];
  qa: QuestionLine[];
  risks: string[];
  attitude_from: string | null;
  attitude_to: string | null;
  mood: string | null;
  trust: string | null;
  satisfaction: number | null;
  status: string | null;
  status_reason: string;
  result: string;
  /** Values of fields that have no place of their own here, as the server takes them. */
  details: Record<string, unknown>;
  participants_ours: Id[];
  participants_theirs: Id[];
  files: StoredFile[];
  closes: Id[];
  saved_at: string | null;
}

let count = 0;
export function emptyStep(): StepDraft {
  count += 1;
  return {
    key: `s${count}`,
    act: '',
    owner_id: null,
    due_at: null,
    precision: 'day',
    goal: null,
    read: null,
    by_hand: {},
  };
}

export function emptyDraft(customerId: Id, now: string): LogDraft {
  return {
    customer_id: customerId,
    contact_id: null,
    contact_at: now,
    precision: 'minute',
    at_by_hand: false,
    channel: '',
    summary: '',
    summary_blocks: null,
    feedback: '',
    steps: [emptyStep()],
    template: null,
    kind: 'sales',
    open: [],
    needs: [],
    objections: [],
    quotes: [],
    qa: [],
    risks: [],
    attitude_from: null,
    attitude_to: null,
    mood: null,
    trust: null,
    satisfaction: null,
    status: null,
    status_reason: '',
    result: '',
    details: {},
    participants_ours: [],
    participants_theirs: [],
    files: [],
    closes: [],
    saved_at: null,
  };
}

/** Whether the person has put anything in that would be a loss. */
export function hasContent(draft: LogDraft): boolean {
  return Boolean(
    draft.summary.trim() ||
      draft.feedback.trim() ||
      draft.result.trim() ||
      draft.steps.some((step) => step.act.trim()) ||
      draft.needs.length ||
      draft.objections.length ||
      draft.quotes.length ||
      draft.qa.length ||
      draft.risks.length ||
      draft.files.length ||
      Object.values(draft.details).some((value) => !isBlank(value)),
  );
}

/** How many things a part of the template holds: shown on its chip. */
export function countOf(draft: LogDraft, part: Pick<TemplatePart, 'fields'>): number {
  return part.fields.reduce((sum, slug) => {
    const value = slug === 'quotes' ? allQuotes(draft) : heldBy(draft, slug);
    return sum + (Array.isArray(value) ? value.length : isBlank(value) ? 0 : 1);
  }, 0);
}

/** The content with its plain text, as the rich editor gives it. */
export const withTree = (tree: Tree): Pick<LogDraft, 'summary' | 'summary_blocks'> => ({
  summary: plainOf(tree),
  summary_blocks: tree,
});

/** Marked in the text and written apart, each once. */
export function allQuotes(draft: LogDraft): string[] {
  return [...new Set([...quotesIn(draft.summary), ...draft.quotes.map((quote) => quote.trim())])].filter(
    Boolean,
  );
}

function stepBody(step: StepDraft): StepBody {
  return {
    act: step.act.trim(),
    owner_id: step.owner_id,
    due_at: step.due_at,
    precision: step.precision,
    goal: step.goal ?? '',
  };
}

/** The body with the acts as they were read: person, date and aim stand in their own inputs. */
export function withReadActs(body: FollowUpBody, steps: readonly StepDraft[]): FollowUpBody {
  const read = new Map(steps.map((step) => [step.act.trim(), step.read]));
  return {
    ...body,
    next_steps: body.next_steps.map((step) => {
      const known = read.get(step.act);
      return known && known.of === step.act && known.act ? { ...step, act: known.act } : step;
    }),
  };
}

const MOST_QUOTE = 500;
const filled = (text: string | null | undefined): boolean => Boolean(text?.trim());

/** The draft as the server takes it: blanks and untouched groups are left out. */
export function toBody(draft: LogDraft, now: string): FollowUpBody {
  const body: FollowUpBody = {
    customer_id: draft.customer_id,
    contact_at: draft.at_by_hand ? draft.contact_at : now,
    precision: draft.precision,
    channel: draft.channel,
    summary: draft.summary.trim(),
    feedback: draft.feedback.trim(),
    // A quotation too long for its list still stands in the text.
    quotes: allQuotes(draft).filter((quote) => quote.length <= MOST_QUOTE),
    next_steps: draft.steps.filter((step) => filled(step.act)).map(stepBody),
  };
  if (draft.summary_blocks && !isBare(draft.summary_blocks)) {
    body.summary_blocks = draft.summary_blocks;
    body.summary = '';
  }
  if (draft.contact_id !== null) body.contact_id = draft.contact_id;
  const needs = draft.needs.filter((one) => filled(one.text)).map(chosen);
  const objections = draft.objections.filter((one) => filled(one.text)).map(chosen);
  const qa = draft.qa.filter((one) => filled(one.q));
  const risks = draft.risks.filter(filled);
  if (needs.length) body.needs = needs;
  if (objections.length) body.objections = objections;
  if (qa.length) body.qa = qa;
  if (risks.length) body.risks = risks;
  for (const slug of ['attitude_from', 'attitude_to', 'mood', 'trust', 'satisfaction', 'status'] as const) {
    if (draft[slug] !== null) body[slug] = draft[slug];
  }
  if (filled(draft.status_reason)) body.status_reason = draft.status_reason.trim();
  if (filled(draft.result)) body.result = draft.result.trim();
  for (const [slug, value] of Object.entries(draft.details)) {
    // A field of the team that was emptied says so: it may have a default.
    if (!isBlank(value)) body[slug] = typeof value === 'string' ? value.trim() : value;
    else if (isOwn(slug)) Object.assign(body, { [slug]: null });
  }
  if (draft.template) body.template = draft.template;
  if (draft.kind !== 'sales') body.kind = draft.kind;
  if (draft.participants_ours.length) body.participants_ours = draft.participants_ours;
  if (draft.participants_theirs.length) body.participants_theirs = draft.participants_theirs;
  if (draft.files.length) body.file_ids = draft.files.map(({ id, kind }) => ({ id, kind }));
  if (draft.closes.length) body.closes_agenda_ids = draft.closes;
  return body;
}

/** A list line without the choices that were not made. */
function chosen<T extends object>(line: T): T {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null && value !== '')) as T;
}

function isDraft(value: unknown): value is LogDraft {
  return typeof value === 'object' && value !== null && 'steps' in value && 'summary' in value;
}

/**
 * The draft to go on with: of the device's and the server's the one saved later, filled up with fields
 * that older versions of the form did not have. Nothing typed is mixed from two drafts.
 */
export function mergeDrafts(fresh: LogDraft, device: unknown, server: unknown): LogDraft {
  const found = [device, server].filter(isDraft).filter(hasContentSafely);
  found.sort((one, two) => (two.saved_at ?? '').localeCompare(one.saved_at ?? ''));
  const [latest] = found;
  if (!latest) return fresh;
  const merged = { ...fresh, ...latest, customer_id: fresh.customer_id };
  merged.closes = [...new Set([...fresh.closes, ...latest.closes])];
  if (!merged.channel) merged.channel = fresh.channel;
  if (fresh.contact_id !== null) merged.contact_id = fresh.contact_id;
  if (!isTree(merged.summary_blocks)) merged.summary_blocks = null;
  // Words brought along from the composer are added, never put in the place of older ones.
  if (fresh.summary && !merged.summary.includes(fresh.summary)) {
    if (merged.summary_blocks) {
      Object.assign(merged, withTree([...merged.summary_blocks, ...treeOf(fresh.summary)]));
    } else merged.summary = [merged.summary, fresh.summary].filter(Boolean).join('\n');
  }
  if (!merged.steps.length) merged.steps = [emptyStep()];
  merged.steps = merged.steps.map((step) => ({ ...emptyStep(), ...step, key: emptyStep().key }));
  return merged;
}

function hasContentSafely(draft: LogDraft): boolean {
  try {
    return hasContent(draft);
  } catch {
    return false;
  }
}

/** Take what the sentence says, except where the person chose by hand. */
export function readSentence(step: StepDraft, read: CheckResult['next_step']): StepDraft {
  if (!read) return step;
  const { by_hand: chosen } = step;
  return {
    ...step,
    read: { of: step.act.trim(), act: read.act },
    owner_id: chosen.owner ? step.owner_id : (read.owner?.id ?? null),
    due_at: chosen.due ? step.due_at : read.due_at,
    precision: chosen.due ? step.precision : (read.precision ?? 'minute'),
    goal: chosen.goal ? step.goal : read.goal,
  };
}
