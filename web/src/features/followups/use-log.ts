import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ApiError, api, newKey, OfflineError } from '@/api/client';
import { checkDraft, type FollowUpBody, type Logged, submitFollowUp, useBrief } from '@/api/followups';
import { keys, queryClient, refreshWork, useMembers } from '@/api/queries';
import { templateFor, useTemplates } from '@/api/templates';
import type { CustomerPageData, Finding } from '@/api/types';
import { useMe } from '@/app/session';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { takeSeed } from '@/lib/seed';
import { recall, remember } from '@/lib/store';
import { now } from '@/lib/time';
import { emptyDraft, type LogDraft, readSentence, toBody, withReadActs } from './draft';
import { type Part, placeOf, visible } from './findings';
import { enqueue } from './queue';
import { useCheck } from './use-check';
import { useDraft } from './use-draft';

export interface LogStart {
  customerId: number;
  agendaId: number | null;
  contactAt: string | null;
  channel: string | null;
}

function freshDraft(start: LogStart): LogDraft {
  const draft = emptyDraft(start.customerId, start.contactAt ?? now().toISOString());
  draft.at_by_hand = start.contactAt !== null;
  draft.channel = start.channel ?? recall<string>('channel') ?? '';
  const seed = takeSeed(start.customerId);
  draft.summary = seed.text ?? '';
  draft.contact_id = seed.contactId ?? null;
  if (start.agendaId) draft.closes = [start.agendaId];
  return draft;
}

/** Bring the input with the first error into sight. */
function goTo(part: string): void {
  const place =
    document.querySelector<HTMLElement>(`[data-part="${part}"], [data-field="${part}"]`) ??
    document.querySelector<HTMLElement>('[data-part="summary"]');
  place?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  const input =
    place?.querySelector<HTMLElement>('[contenteditable="true"]') ??
    place?.querySelector<HTMLElement>('textarea, input, select, button');
  input?.focus({ preventScroll: true });
}

/** Everything the log form knows and can do. */
export function useLog(start: LogStart, leave: () => void) {
  const { member } = useMe();
  const labels = useLabels();
  const brief = useBrief(start.customerId);
  const page = useQuery({
    queryKey: keys.customer(start.customerId),
    queryFn: () => api.get<CustomerPageData>(`/customers/${start.customerId}`),
  });
  const members = useMembers();
  const templates = useTemplates();
  const [fresh] = useState(() => freshDraft(start));
  const { draft, change, saved, saveNow, finish, discard, key } = useDraft(fresh);
  const [left, setLeft] = useState<ReadonlySet<Part>>(new Set());
  const [composing, setComposing] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [opened] = useState(() => Date.now());
  const [done, setDone] = useState<{ logged: Logged; draft: LogDraft } | null>(null);
  const [kept, setKept] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const submitKey = useRef(newKey());

  const channels = labels.options('channel');
  const channel = draft.channel || channels[0]?.key || '';
  const template = templateFor(templates.data, draft.template, draft.kind);
  const templateKey = template?.key ?? null;
  const contacts = page.data?.contacts ?? [];
  const contactId = draft.contact_id ?? contacts.find((one) => one.primary)?.id ?? contacts[0]?.id ?? null;
  const body = useMemo(
    () => toBody({ ...draft, channel, contact_id: contactId, template: templateKey }, now().toISOString()),
    [draft, channel, contactId, templateKey],
  );

  const check = useCheck(body, composing, (answer, asked) => {
    const act = asked.next_steps[0]?.act;
    change((old) => {
      const [first, ...rest] = old.steps;
      if (!first || first.act.trim() !== act) return {};
      return { steps: [readSentence(first, answer.next_step), ...rest] };
    }, true);
  });
  const shown: Finding[] = check ? visible(check.findings, draft, left, tried) : [];
  const leavePart = useCallback((part: Part) => setLeft((old) => new Set(old).add(part)), []);

  const written = (logged: Logged) => {
    remember('channel', channel);
    finish();
    refreshWork(start.customerId);
    void queryClient.invalidateQueries({ queryKey: ['templates'] });
    setDone({ logged, draft });
  };

  const keepForLater = () => {
    enqueue({
      key: submitKey.current,
      what: 'followup',
      body: { ...withReadActs(body, draft.steps), draft_key: key },
      customer: page.data?.customer.name ?? '',
      at: now().toISOString(),
      draft: { ...draft, at_by_hand: true, contact_at: body.contact_at },
    });
    finish();
    setKept(true);
  };

  const refuse = (failure: ApiError) => {
    setRefused(failure.message);
    setTried(true);
    submitKey.current = newKey();
    goTo(placeOf(failure.problems[0]?.field ?? failure.field));
  };

  /** The act as read first; where the rules want the whole sentence, the whole sentence. */
  const send = async (whole: FollowUpBody, steps: LogDraft['steps']): Promise<Logged> => {
    const read = withReadActs(whole, steps);
    try {
      return await submitFollowUp(read, submitKey.current);
    } catch (failure) {
      const plan =
        failure instanceof ApiError && failure.code === 'standard' && failure.field === 'next_steps';
      if (!plan || JSON.stringify(read) === JSON.stringify(whole)) throw failure;
      submitKey.current = newKey();
      return submitFollowUp(whole, submitKey.current);
    }
  };

  /** Ask the rules once more, so that the last words typed are read too; gives the first place to mend. */
  const lastLook = async (): Promise<{ steps: LogDraft['steps']; wrong?: string }> => {
    const answer = await checkDraft(body);
    const [first, ...rest] = draft.steps;
    const steps = first ? [readSentence(first, answer.next_step), ...rest] : rest;
    change({ steps }, true);
    const error = answer.findings.find((finding) => finding.severity === 'error');
    if (error) return { steps, wrong: placeOf(error.field) };
    const undated = steps.some((step) => step.act.trim() && !step.due_at);
    return { steps, wrong: undated ? 'next_steps' : undefined };
  };

  const submit = async () => {
    if (busy || done || kept) return;
    setTried(true);
    setRefused(null);
    setBusy(true);
    try {
      const { steps, wrong } = await lastLook();
      if (wrong !== undefined) {
        goTo(wrong);
        return;
      }
      const seconds = Math.min(86_400, Math.round((Date.now() - opened) / 1000));
      const whole = toBody(
        { ...draft, steps, channel, contact_id: contactId, template: templateKey },
        now().toISOString(),
      );
      written(await send({ ...whole, draft_key: key, seconds_spent: seconds }, steps));
    } catch (failure) {
      if (failure instanceof OfflineError) keepForLater();
      else if (failure instanceof ApiError) refuse(failure);
      else sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };

  return {
    start,
    me: member,
    labels,
    brief: brief.data ?? null,
    page: page.data ?? null,
    failure: page.error,
    retry: () => void page.refetch(),
    members: (members.data?.items ?? []).filter((one) => one.active),
    template,
    templates: templates.data?.items ?? [],
    contacts,
    contactId,
    channel,
    draft,
    change,
    saved,
    saveNow,
    discard,
    check,
    shown,
    left,
    leavePart,
    setComposing,
    tried,
    busy,
    done,
    kept,
    refused,
    submit,
    leave,
  };
}

export type Log = ReturnType<typeof useLog>;
