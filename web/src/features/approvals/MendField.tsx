import { Input } from 'antd';
import { Plus } from 'lucide-react';
import type { Reason, Written } from '@/api/approvals';
import { Control } from '@/components/form/Control';
import { Pick } from '@/components/Pick';
import { WhenInput } from '@/components/WhenInput';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { t } from '@/locales';
import { initial, type StepInput, wayOf } from './mending';

function Steps({ steps, set }: { steps: StepInput[]; set: (steps: StepInput[]) => void }) {
  const change = (key: number, part: Partial<StepInput>) =>
    set(steps.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <div className="mend-steps">
      {steps.map((step) => (
        <div key={step.key}>
          <Input.TextArea
            autoSize={{ minRows: 1 }}
            aria-label={t('followups.step_act')}
            placeholder={t('followups.step_hint')}
            value={step.act}
            onChange={(event) => change(step.key, { act: event.target.value })}
          />
          <WhenInput
            label={t('followups.step_when')}
            value={step.due ?? ''}
            onChange={(due) => change(step.key, { due })}
          />
          <Input
            aria-label={t('followups.step_goal')}
            placeholder={t('followups.step_goal')}
            value={step.goal}
            onChange={(event) => change(step.key, { goal: event.target.value })}
          />
        </div>
      ))}
      <button
        type="button"
        className="act"
        onClick={() =>
          set([...steps, { key: Math.max(...steps.map((one) => one.key)) + 1, act: '', due: null, goal: '' }])
        }
      >
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" /> {t('followups.step_more')}
      </button>
    </div>
  );
}

/** One returned field: its reason and the input that mends it. */
export function MendField({
  reason,
  record,
  labels,
  value,
  set,
  steps,
  setSteps,
  problem,
}: {
  reason: Reason;
  record: Written;
  labels: Labels;
  value: unknown;
  set: (value: unknown) => void;
  steps: StepInput[];
  setSteps: (steps: StepInput[]) => void;
  problem?: string;
}) {
  const { field } = reason;
  const known = labels.field('followup', field);
  const way = wayOf(field, Boolean(known?.options), known?.type);
  const label = words(reason.label);
  const now = String(value ?? initial(record, field, way));
  return (
    <section className="mend-field" aria-label={label}>
      <h3>{label}</h3>
      <p className="mend-reason">
        <b>{reason.by}</b> {reason.text}
      </p>
      {way === 'steps' ? <Steps steps={steps} set={setSteps} /> : null}
      {way === 'own' && known ? (
        <Control
          id={`mend-${field}`}
          field={known}
          value={value === undefined ? record[field] : value}
          set={set}
        />
      ) : null}
      {way === 'option' ? (
        <Pick
          label={label}
          value={now || null}
          choices={labels.options(known?.options ?? '').map((one) => ({ value: one.key, label: words(one) }))}
          onChange={(key) => set(key ?? '')}
        />
      ) : null}
      {way === 'when' ? <WhenInput label={label} value={now} onChange={set} /> : null}
      {way === 'text' || way === 'line' || way === 'lines' ? (
        <Input.TextArea
          autoSize={{ minRows: way === 'line' ? 1 : 3 }}
          aria-label={label}
          placeholder={way === 'lines' ? t('reviews.one_a_line') : undefined}
          value={now}
          onChange={(event) => set(event.target.value)}
        />
      ) : null}
      {way === 'elsewhere' ? <p className="second">{t('reviews.mend_elsewhere')}</p> : null}
      {problem ? <p className="verm">{problem}</p> : null}
    </section>
  );
}
