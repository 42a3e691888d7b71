import { Check } from 'lucide-react';
import type { HandoverState } from '@/api/handovers';
import { t } from '@/locales';
import { stepOf } from './words';

const STEPS = ['step_choose', 'step_check', 'step_agree', 'step_done'] as const;

/** 选客户 → 核对 → 双方确认 → 完成. */
export function Steps({ state }: { state: HandoverState }) {
  const at = stepOf(state);
  const done = state === 'confirmed';
  return (
    <ol className="handover-steps" aria-label={t('handovers.steps', { n: at })}>
      {STEPS.map((step, place) => {
        const past = place + 1 < at || done;
        return (
          <li key={step} data-past={past || undefined} aria-current={place + 1 === at ? 'step' : undefined}>
            <span className="handover-dot">
              {past ? <Check size={15} strokeWidth={2} aria-hidden="true" /> : place + 1}
            </span>
            {t(`handovers.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}
