import { Check, ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { type FirstStep, useFirstDays } from '@/api/guide';
import { words } from '@/lib/names';
import { t } from '@/locales';
import './first-days.css';

function Step({ step, number, next }: { step: FirstStep; number: number; next: boolean }) {
  const done = step.done_at !== null;
  return (
    <li data-done={done || undefined} data-next={next || undefined}>
      <Link to={step.to}>
        <span className="first-mark">
          {done ? <Check size={14} strokeWidth={2.2} aria-label={t('desk.first_done')} /> : number}
        </span>
        <span>
          <span className="first-title">{words(step)}</span>
          <span className="first-why">{words(step.why)}</span>
        </span>
        {next ? <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" /> : null}
      </Link>
    </li>
  );
}

/** The path of the first days: what was done ticks itself off, the next step stands out. */
export function FirstDays({ putAway }: { putAway?: () => void }) {
  const { data } = useFirstDays(true);
  if (!data) return null;
  const done = data.steps.filter((step) => step.done_at !== null).length;
  const next = data.steps.find((step) => step.done_at === null)?.key;
  return (
    <section className="first" aria-label={words(data)}>
      <h2>
        {words(data)}
        <span className="meta">{t('desk.first_count', { done, total: data.steps.length })}</span>
        {putAway ? (
          <button type="button" className="act" onClick={putAway}>
            {t(next ? 'desk.first_later' : 'desk.first_end')}
          </button>
        ) : null}
      </h2>
      <ol>
        {data.steps.map((step, at) => (
          <Step key={step.key} step={step} number={at + 1} next={step.key === next} />
        ))}
      </ol>
    </section>
  );
}
