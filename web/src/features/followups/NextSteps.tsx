import { CalendarDays, CircleAlert, Trash2, X } from 'lucide-react';
import { Avatar } from '@/components/Avatar';
import { Examples } from '@/components/Examples';
import { Pick } from '@/components/Pick';
import { WhenPicker } from '@/components/WhenPicker';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import {
  daysToWeekday,
  formatClock,
  formatDateHead,
  formatDay,
  formatRelativeDay,
  instantOf,
  now,
  wallOf,
} from '@/lib/time';
import { toWallText } from '@/lib/wall';
import { t } from '@/locales';
import { emptyStep, type StepDraft } from './draft';
import { marksFor, partOf } from './findings';
import { MarkedText } from './MarkedText';
import type { Log } from './use-log';

function inDays(days: number): string {
  const wall = wallOf(now());
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return instantOf({
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
    hour: 10,
    minute: 0,
  });
}

/** `11月27日 周五 10:00`, `今天`; a date without clock shows none. */
function dueWords(step: StepDraft): string {
  if (!step.due_at) return '';
  const relative = formatRelativeDay(step.due_at);
  const near = relative !== formatDay(step.due_at);
  const day = near ? relative : formatDateHead(toWallText(step.due_at).slice(0, 10));
  return step.precision === 'day' ? day : `${day} ${formatClock(step.due_at)}`;
}

function When({ step, set }: { step: StepDraft; set: (patch: Partial<StepDraft>) => void }) {
  const choose = (due: string | null) =>
    set({ due_at: due, precision: 'minute', by_hand: { ...step.by_hand, due: due !== null } });
  const due = step.due_at;
  return (
    <span className={due ? 'step-due' : 'step-chips'}>
      {due ? null : (
        <>
          <button type="button" className="chip" onClick={() => choose(inDays(1))}>
            {t('followups.tomorrow')}
          </button>
          <button type="button" className="chip" onClick={() => choose(inDays(daysToWeekday(5)))}>
            {t('followups.friday')}
          </button>
          <button type="button" className="chip" onClick={() => choose(inDays(daysToWeekday(1)))}>
            {t('followups.monday')}
          </button>
        </>
      )}
      <WhenPicker value={due ?? ''} label={t('followups.step_when')} onChange={choose}>
        <button type="button" className={due ? 'chip chip-on' : 'chip'}>
          <CalendarDays size={14} strokeWidth={1.6} aria-hidden="true" />
          {due ? dueWords(step) : t('time.pick_day')}
        </button>
      </WhenPicker>
      {due ? (
        <button
          type="button"
          className="icon-act"
          aria-label={t('followups.step_no_date')}
          onClick={() => choose(null)}
        >
          <X size={14} strokeWidth={1.6} />
        </button>
      ) : null}
      {due && !step.by_hand.due ? <span className="meta">{t('followups.read_from')}</span> : null}
    </span>
  );
}

function Step({ step, at, log }: { step: StepDraft; at: number; log: Log }) {
  const phone = usePhone();
  const set = (patch: Partial<StepDraft>) =>
    log.change((old) => ({
      steps: old.steps.map((one) => (one.key === step.key ? { ...one, ...patch } : one)),
    }));
  const remove = () => log.change((old) => ({ steps: old.steps.filter((one) => one.key !== step.key) }));
  const shown = at === 0 ? log.shown.filter((finding) => partOf(finding.field) === 'next_steps') : [];
  const undated = log.tried && step.act.trim() !== '' && !step.due_at;
  const wrong =
    undated ||
    (shown.some((finding) => finding.severity === 'error') && (log.left.has('next_steps') || log.tried));
  const owner = log.members.find((one) => one.id === step.owner_id);
  const people = log.members.map((one) => ({ value: String(one.id), label: one.name }));
  const goals = log.labels.options('goal').map((goal) => ({ value: words(goal), label: words(goal) }));
  return (
    <>
      <div className="step" data-wrong={wrong || undefined}>
        <div>
          <span className="second">{t('followups.step_act')}</span>
          <MarkedText
            line
            value={step.act}
            label={t('followups.step_act')}
            placeholder={t(phone ? 'followups.step_hint_short' : 'followups.step_hint')}
            marks={marksFor(shown, 'next_steps', step.act)}
            onChange={(act) => set({ act })}
            onLeave={() => log.leavePart('next_steps')}
            onComposing={log.setComposing}
          />
          {at > 0 ? (
            <button type="button" className="icon-act" aria-label={t('common.delete')} onClick={remove}>
              <Trash2 size={15} strokeWidth={1.6} />
            </button>
          ) : null}
        </div>
        <div>
          <span className="second">{t('followups.step_who')}</span>
          <span className="step-who">
            <Avatar name={owner?.name ?? log.me.name} />
            <Pick
              bare
              clear={false}
              label={t('followups.step_who')}
              value={String(step.owner_id ?? log.me.id)}
              choices={people.length ? people : [{ value: String(log.me.id), label: log.me.name }]}
              onChange={(id) => set({ owner_id: Number(id), by_hand: { ...step.by_hand, owner: true } })}
            />
            {step.owner_id === null ? <span className="meta">{t('followups.step_me')}</span> : null}
          </span>
        </div>
        <div>
          <span className="second">{t('followups.step_when')}</span>
          <When step={step} set={set} />
        </div>
        <div>
          <span className="second">{t('followups.step_goal')}</span>
          <Pick
            bare
            label={t('followups.step_goal')}
            placeholder={t('followups.step_goal_hint')}
            value={step.goal}
            choices={goalChoices(goals, step.goal)}
            onChange={(goal) => set({ goal, by_hand: { ...step.by_hand, goal: true } })}
          />
        </div>
      </div>
      {wrong ? (
        <p className="field-wrong">
          <CircleAlert size={14} strokeWidth={1.6} aria-hidden="true" /> {t('followups.step_wrong')}
        </p>
      ) : null}
    </>
  );
}

/** A goal read from the sentence may be no option: it stays choosable as it was said. */
function goalChoices(goals: { value: string; label: string }[], goal: string | null) {
  if (!goal || goals.some((one) => one.value === goal)) return goals;
  return [{ value: goal, label: goal }, ...goals];
}

/** What comes next: one sentence; person, time and aim are read from it and shown. */
export function NextSteps({ log }: { log: Log }) {
  return (
    <div className="field" data-part="next_steps">
      <div className="field-head">
        <span className="second">{t('followups.next')}</span>
        <button
          type="button"
          className="act"
          onClick={() => log.change((old) => ({ steps: [...old.steps, emptyStep()] }))}
        >
          {t('followups.step_more')}
        </button>
      </div>
      {log.draft.steps.map((step, at) => (
        <Step key={step.key} step={step} at={at} log={log} />
      ))}
      <Examples field="next_steps" />
    </div>
  );
}
