import { Check, X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { type Example, useGuide } from '@/api/guide';
import { useMe } from '@/app/session';
import { words } from '@/lib/names';
import { recall, remember } from '@/lib/store';
import { t } from '@/locales';
import './examples.css';

let listeners: (() => void)[] = [];
const watch = (listener: () => void) => {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((each) => each !== listener);
  };
};
const kept = () => recall<boolean>('examples');

/** Examples stand open for a new colleague until he folds them away; this device remembers. */
export function useExamples(): { open: boolean; toggle: () => void } {
  const { member } = useMe();
  const chosen = useSyncExternalStore(watch, kept);
  const open = chosen ?? !member.guided;
  const toggle = () => {
    remember('examples', !open);
    for (const listener of listeners) listener();
  };
  return { open, toggle };
}

export function ExampleLines({ example }: { example: Partial<Example> }) {
  const { bad, good, why } = example;
  return (
    <div className="example">
      {bad ? (
        <p className="example-bad">
          <X size={14} strokeWidth={2} aria-label={t('followups.example_bad')} />
          {bad}
        </p>
      ) : null}
      {good ? (
        <p className="example-good">
          <Check size={14} strokeWidth={2} aria-label={t('followups.example_good')} />
          {good}
        </p>
      ) : null}
      {why ? <p className="meta">{words(why)}</p> : null}
    </div>
  );
}

/** How the team wants a field of its own written, and how not. */
export function Samples(own: { good?: string; bad?: string }) {
  if (!useExamples().open || !(own.good || own.bad)) return null;
  return (
    <div className="example-box">
      <ExampleLines example={own} />
    </div>
  );
}

/** The word in the field's head that folds the examples out and in. */
export function ExamplesToggle() {
  const { open, toggle } = useExamples();
  return (
    <button type="button" className="act" aria-expanded={open} onClick={toggle}>
      {t(open ? 'followups.examples_close' : 'followups.examples')}
    </button>
  );
}

/** A bad and a good way to fill one field, beside it; another on demand. */
export function Examples({ field }: { field: string }) {
  const { open } = useExamples();
  const { data } = useGuide(open);
  const [at, setAt] = useState(0);
  const all = data?.examples[field] ?? [];
  const example = all[at % (all.length || 1)];
  if (!open || !example) return null;
  return (
    <div className="example-box">
      <ExampleLines example={example} />
      {all.length > 1 ? (
        <button type="button" className="act" onClick={() => setAt(at + 1)}>
          {t('followups.example_next')}
        </button>
      ) : null}
    </div>
  );
}
