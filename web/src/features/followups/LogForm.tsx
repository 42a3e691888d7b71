import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Timed } from '@/components/form/Timed';
import { useTiming } from '@/components/form/use-timing';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { BriefFold, BriefPanel } from './BriefPanel';
import { CheckBar, CheckPanel } from './CheckPanel';
import { fixable, fixOf } from './findings';
import { LogFields } from './LogFields';
import { LogHead } from './LogHead';
import { Kept, Submitted } from './Submitted';
import { type LogStart, useLog } from './use-log';
import './check.css';
import './groups.css';
import './log.css';
import './fields.css';
import './steps.css';

/** The log form: brief, form and check side by side; on the phone one column with the check below. */
export function LogForm({ start, close }: { start: LogStart; close: () => void }) {
  const log = useLog(start, close);
  const phone = usePhone();
  const [sheet, setSheet] = useState(false);
  const timing = useTiming('followup');
  const done = log.done !== null && log.done !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a submission
  useEffect(() => {
    if (done) timing.send();
  }, [done]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault();
      void log.submit();
    }
    const which = event.altKey ? ['Digit1', 'Digit2', 'Digit3'].indexOf(event.code) : -1;
    const finding = fixable(log.shown, log.draft)[which];
    const patch = finding ? fixOf(finding, log.draft) : null;
    if (patch) {
      event.preventDefault();
      log.change(patch);
    }
  };

  const brief = {
    brief: log.brief,
    label: log.labels.label,
    closes: log.draft.closes,
    begin: log.draft.summary.trim()
      ? undefined
      : (text: string) => log.change({ summary: text, summary_blocks: null }),
    toggle: (id: number) =>
      log.change((old) => ({
        closes: old.closes.includes(id) ? old.closes.filter((one) => one !== id) : [...old.closes, id],
      })),
  };

  if (log.failure) return <ErrorState failure={log.failure} retry={log.retry} />;
  return (
    <div className="log" onKeyDown={press}>
      <LogHead log={log} close={close} />
      {log.kept ? (
        <Kept close={close} />
      ) : log.done ? (
        <Submitted done={log.done} close={close} log={log} />
      ) : (
        <>
          <div className="log-body">
            {phone ? null : <BriefPanel {...brief} />}
            <div className="log-form">
              {phone ? <BriefFold {...brief} /> : null}
              <Timed timing={timing}>{log.page ? <LogFields log={log} /> : <SkeletonRows rows={4} />}</Timed>
            </div>
            {phone ? null : <CheckPanel log={log} />}
          </div>
          {phone && sheet ? (
            <>
              <button
                type="button"
                className="log-mask"
                aria-label={t('common.close')}
                onClick={() => setSheet(false)}
              />
              <div className="log-sheet">
                <CheckPanel log={log} />
              </div>
            </>
          ) : null}
          <footer className="log-foot">
            {phone ? (
              <CheckBar log={log} open={sheet} toggle={() => setSheet(!sheet)} />
            ) : (
              <span className="second log-effect cut">
                {log.refused ?? effectOf(log.draft.steps, log.draft.closes)}
              </span>
            )}
            <Button onClick={() => void log.saveNow()}>{t('followups.keep_draft')}</Button>
            <Button
              type="primary"
              loading={log.busy}
              onClick={() => void log.submit()}
              className="log-submit"
            >
              {t('followups.submit')}
              {phone ? null : <span className="log-keys">Ctrl Enter</span>}
            </Button>
          </footer>
        </>
      )}
    </div>
  );
}

function effectOf(steps: { act: string }[], closes: number[]): string {
  const made = steps.filter((step) => step.act.trim()).length;
  const parts = [];
  if (closes.length) parts.push(t('followups.effect_close', { n: closes.length }));
  if (made) parts.push(t('followups.effect_make', { n: made }));
  parts.push(t('followups.effect_report'));
  return t('followups.effect', { what: parts.join(t('followups.comma')) });
}
