import { Check, Circle, CircleDot, CornerUpLeft, Minus, X } from 'lucide-react';
import type { Link, Said, SampleStep } from '@/api/approval-requests';
import { formatMoneyFull } from '@/lib/money';
import { formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import './chain.css';

const MARKS = {
  passed: Check,
  open: CircleDot,
  waiting: Circle,
  refused: X,
  returned: CornerUpLeft,
  skipped: Minus,
};
const WHY: Record<string, Key> = {
  own: 'approvals.why_own',
  nobody: 'approvals.why_nobody',
  left: 'approvals.why_left',
  away: 'approvals.why_away',
  delegated: 'approvals.why_delegated',
  before: 'approvals.why_before',
  condition: 'approvals.why_condition',
};
const STATES: Record<string, Key> = {
  passed: 'approvals.step_passed',
  open: 'approvals.step_open',
  waiting: 'approvals.step_waiting',
  refused: 'approvals.step_refused',
  returned: 'approvals.step_returned',
  skipped: 'approvals.step_skipped',
};

type Shown = SampleStep & Partial<Pick<Link, 'state' | 'instead' | 'decided_at' | 'due_at' | 'decided_by'>>;

/** How somebody came to be asked: as superior, as head, by a role, added as a signer. */
function chosen(step: Shown): string {
  if (step.chosen_by === 'role') return step.role;
  const known: Record<string, Key> = {
    superior: 'approvals.by_superior',
    head: 'approvals.by_head',
    department: 'approvals.by_head',
    up: 'approvals.by_up',
    admin: 'approvals.by_admin',
    signer: 'approvals.by_signer',
  };
  const key = known[step.chosen_by];
  return key ? t(key) : '';
}

function whenOf(step: Shown): string {
  if (step.decided_at) return formatWhen(step.decided_at);
  return step.state === 'open' && step.due_at ? t('approvals.until', { when: formatWhen(step.due_at) }) : '';
}

function One({ step }: { step: Shown }) {
  const state = step.state ?? 'waiting';
  const Mark = MARKS[state];
  const why = WHY[step.why];
  return (
    <li className="chain-one" data-state={state}>
      <Mark size={15} strokeWidth={1.8} aria-label={t(STATES[state] ?? 'approvals.step_waiting')} />
      <span>
        <b>{step.member?.name ?? t('approvals.left_out')}</b>
        <span className="meta"> {[chosen(step), whenOf(step)].filter(Boolean).join(' · ')}</span>
        {why ? <span className="chain-why">{t(why, { name: step.instead ?? '' })}</span> : null}
      </span>
    </li>
  );
}

/** The steps in their order: who was, is and will be asked, and why he. */
export function ChainView({ steps }: { steps: readonly Shown[] }) {
  const positions = [...new Set(steps.map((one) => one.position))];
  return (
    <ol className="chain">
      {positions.map((position, at) => {
        const stage = steps.filter((one) => one.position === position);
        const first = stage[0];
        const named = first?.name || t('approvals.nth', { n: at + 1 });
        const many = stage.length > 1;
        return (
          <li key={position} className="chain-stage">
            <span className="meta">
              {many
                ? t(first?.mode === 'any' ? 'approvals.any_of' : 'approvals.all_of', {
                    name: named,
                    n: stage.length,
                  })
                : named}
            </span>
            <ul>
              {stage.map((step) => (
                <One key={`${step.position} ${step.member?.id ?? 0} ${step.chosen_by}`} step={step} />
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

const VERDICTS: Record<string, Key> = {
  ask: 'approvals.said_ask',
  pass: 'approvals.said_pass',
  refuse: 'approvals.said_refuse',
  return: 'approvals.said_return',
  resubmit: 'approvals.said_resubmit',
  sign: 'approvals.said_sign',
  delegate: 'approvals.said_delegate',
  recall: 'approvals.said_recall',
  remind: 'approvals.said_remind',
  left: 'approvals.said_left',
  restart: 'approvals.said_restart',
  lapse: 'approvals.said_lapse',
};

/** Everything that was said, in its order. */
export function SaidList({ said }: { said: readonly Said[] }) {
  return (
    <ul className="chain-said">
      {said.map((one) => (
        <li key={one.id}>
          <span className="meta">{formatWhen(one.at)}</span> {one.by}{' '}
          {t(VERDICTS[one.verdict] ?? 'approvals.said_ask', { to: String(one.about.to ?? '') })}
          {one.note ? <q className="chain-note">{one.note}</q> : null}
        </li>
      ))}
    </ul>
  );
}

/** What is asked for, in figures. */
export function figuresOf(request: { amount?: number; percent?: number; days?: number }): [string, string][] {
  const found: [string, string][] = [];
  if (request.percent !== undefined) found.push([t('approvals.percent'), `${request.percent}%`]);
  if (request.amount !== undefined) found.push([t('approvals.amount'), formatMoneyFull(request.amount)]);
  if (request.days !== undefined)
    found.push([t('approvals.days'), t('approvals.n_days', { n: request.days })]);
  return found;
}
