import { Check } from 'lucide-react';
import type { RecordState } from '@/api/records';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** The states of the type in their order: which one the row is in, and where it may go by a press. */
export function StatePath({
  states,
  now,
  next,
  go,
}: {
  states: readonly RecordState[];
  now: string;
  next: readonly string[];
  /** null: only to look at. */
  go: ((state: string) => void) | null;
}) {
  const at = states.findIndex((state) => state.key === now);
  return (
    <ol className="own-path" aria-label={t('own.states')}>
      {states.map((state, place) => {
        const here = state.key === now;
        const may = go !== null && next.includes(state.key);
        const name = (
          <>
            {place < at ? <Check size={14} strokeWidth={1.8} aria-hidden="true" /> : null}
            <span className="own-dot" style={{ background: state.color || undefined }} />
            <span className="cut">{words(state)}</span>
          </>
        );
        return (
          <li key={state.key} data-here={here || undefined} aria-current={here ? 'step' : undefined}>
            {may ? (
              <button
                type="button"
                className="plain own-step"
                title={t('own.move_do', { to: words(state) })}
                onClick={() => go(state.key)}
              >
                {name}
              </button>
            ) : (
              <span className="own-step" data-far={!here || undefined}>
                {name}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
