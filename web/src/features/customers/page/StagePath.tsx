import { Check, ChevronRight, SkipForward } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { usePath } from '@/api/process';
import type { CustomerPageData } from '@/api/types';
import { ClockPie } from '@/components/Clock';
import { Sheet } from '@/components/Sheet';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { loadWords, t } from '@/locales';
import { missingOf, type Step, stepsOf } from './steps';

const NodeNow = lazy(async () => {
  const [page] = await Promise.all([import('./NodeNow'), loadWords('process')]);
  return { default: page.NodeNow };
});
const Passages = lazy(async () => {
  const [page] = await Promise.all([import('./Passages'), loadWords('process')]);
  return { default: page.Passages };
});

/** How full the bar of a stage is, in percent. */
function filled(step: Step): number {
  if (step.state === 'done') return 100;
  if (step.state !== 'current') return 0;
  if (!step.clock || step.clock.state === 'paused') return 50;
  return Math.round(Math.min(1, Math.max(0.06, step.clock.share)) * 100);
}

function tone(step: Step): string {
  if (step.state !== 'current') return step.state;
  return step.clock?.state ?? 'ok';
}

function Name({ step }: { step: Step }) {
  return (
    <span className="path-name cut">
      {step.state === 'done' ? <Check size={14} strokeWidth={1.8} aria-hidden="true" /> : null}
      {step.state === 'skipped' ? <SkipForward size={14} strokeWidth={1.8} aria-hidden="true" /> : null}
      {step.clock ? <ClockPie clock={step.clock} size={14} /> : null}
      {words(step)}
      {step.clock ? (
        <b data-tone={step.clock.state} title={words(step.clock.hint)}>
          {words(step.clock)}
        </b>
      ) : null}
    </span>
  );
}

function Below({ step, missing }: { step: Step; missing: string }) {
  const limit = step.limit ? t('page.limit', { limit: words(step.limit) }) : '';
  const said = step.state === 'skipped' ? t('page.skipped') : [step.used, limit].filter(Boolean).join(' · ');
  return (
    <span className="meta cut" title={[said, missing].filter(Boolean).join(' · ') || undefined}>
      {missing || said || '\u00a0'}
    </span>
  );
}

/** The clock is the head of the page: time used against the limit for each stage; the current one opens. */
export function StagePath({ page }: { page: CustomerPageData }) {
  const { customer } = page;
  const phone = usePhone();
  const path = usePath(customer.id).data;
  const [open, setOpen] = useState(false);
  const [log, setLog] = useState(false);
  const steps = stepsOf(page.stage_path, path);
  if (!steps.length) return null;
  const at = steps.findIndex((step) => step.state === 'current');
  const current = steps[at];
  const lacking = missingOf(path);
  const missing = lacking.length
    ? t('page.missing', { what: lacking.map((one) => words(one)).join(t('common.list')) })
    : '';
  const now = path?.now ? (
    <Suspense fallback={<div className="node-now" />}>
      <NodeNow
        page={page}
        path={path}
        close={() => setOpen(false)}
        history={() => {
          setOpen(false);
          setLog(true);
        }}
      />
    </Suspense>
  ) : null;
  return (
    <div className="path-wrap">
      <ol className="path" aria-label={t('page.path')}>
        {steps.map((step) => {
          const here = step.state === 'current';
          const bar = (
            <span className="path-bar">
              <span data-tone={tone(step)} style={{ width: `${filled(step)}%` }} />
            </span>
          );
          const drawn = phone ? (
            <>
              <span className="sr">{words(step)}</span>
              {bar}
            </>
          ) : (
            <>
              <Name step={step} />
              {bar}
              <Below step={step} missing={here ? missing : ''} />
            </>
          );
          return (
            <li key={step.key} data-state={step.state} aria-current={here ? 'step' : undefined}>
              {here && now && !phone ? (
                <Sheet title={words(step)} open={open} setOpen={setOpen} content={now}>
                  <button type="button" className="plain path-here" aria-expanded={open}>
                    {drawn}
                  </button>
                </Sheet>
              ) : (
                drawn
              )}
            </li>
          );
        })}
      </ol>
      {current?.clock?.unpublished_year ? <p className="meta">{words(current.clock.hint)}</p> : null}
      {phone && current ? (
        <>
          <button type="button" className="plain path-now" disabled={!now} onClick={() => setOpen(true)}>
            {current.clock ? <ClockPie clock={current.clock} /> : null}
            <b>{words(current)}</b>
            {current.clock ? (
              <b className="path-left" data-tone={current.clock.state}>
                {words(current.clock)}
              </b>
            ) : null}
            <span className="meta">{t('page.step_of', { n: at + 1, total: steps.length })}</span>
            {now ? <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" /> : null}
          </button>
          {missing ? <p className="second path-missing">{missing}</p> : null}
          {now ? <Sheet title={words(current)} open={open} setOpen={setOpen} content={now} /> : null}
        </>
      ) : null}
      <Suspense fallback={null}>
        {log ? <Passages customer={customer} close={() => setLog(false)} /> : null}
      </Suspense>
    </div>
  );
}
