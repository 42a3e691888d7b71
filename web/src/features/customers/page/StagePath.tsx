import { Check } from 'lucide-react';
import type { StageStep } from '@/api/types';
import { ClockPie } from '@/components/Clock';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** How full the bar of a stage is, in percent. */
function filled(stage: StageStep): number {
  if (stage.state === 'done') return 100;
  if (stage.state === 'todo') return 0;
  if (!stage.clock || stage.clock.state === 'paused') return 50;
  return Math.round(Math.min(1, Math.max(0.06, stage.clock.share)) * 100);
}

function tone(stage: StageStep): string {
  if (stage.state !== 'current') return stage.state;
  return stage.clock?.state ?? 'ok';
}

function Below({ stage }: { stage: StageStep }) {
  const limit = stage.limit ? t('page.limit', { limit: words(stage.limit) }) : '';
  return <span className="meta cut">{[stage.used, limit].filter(Boolean).join(' · ') || '\u00a0'}</span>;
}

/** The clock is the head of the page: time used against the limit for each stage. */
export function StagePath({ stages }: { stages: StageStep[] }) {
  const phone = usePhone();
  if (!stages.length) return null;
  const at = stages.findIndex((stage) => stage.state === 'current');
  const current = stages[at];
  return (
    <div className="path-wrap">
      <ol className="path" aria-label={t('page.path')}>
        {stages.map((stage) => (
          <li
            key={stage.key}
            data-state={stage.state}
            aria-current={stage.state === 'current' ? 'step' : undefined}
          >
            {phone ? (
              <span className="sr">{words(stage)}</span>
            ) : (
              <span className="path-name cut">
                {stage.state === 'done' ? <Check size={14} strokeWidth={1.8} aria-hidden="true" /> : null}
                {stage.clock ? <ClockPie clock={stage.clock} size={14} /> : null}
                {words(stage)}
                {stage.clock ? (
                  <b data-tone={stage.clock.state} title={words(stage.clock.hint)}>
                    {words(stage.clock)}
                  </b>
                ) : null}
              </span>
            )}
            <span className="path-bar">
              <span data-tone={tone(stage)} style={{ width: `${filled(stage)}%` }} />
            </span>
            {phone ? null : <Below stage={stage} />}
          </li>
        ))}
      </ol>
      {current?.clock?.unpublished_year ? <p className="meta">{words(current.clock.hint)}</p> : null}
      {phone && current ? (
        <p className="path-now">
          {current.clock ? <ClockPie clock={current.clock} /> : null}
          <b>{words(current)}</b>
          {current.clock ? (
            <b className="path-left" data-tone={current.clock.state}>
              {words(current.clock)}
            </b>
          ) : null}
          <span className="meta">{t('page.step_of', { n: at + 1, total: stages.length })}</span>
        </p>
      ) : null}
    </div>
  );
}
