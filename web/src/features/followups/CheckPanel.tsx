import { Check, ChevronDown, ChevronUp, CircleAlert, Sparkles, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { CheckResult, Finding } from '@/api/types';
import { ScoreRing } from '@/components/ScoreRing';
import { quoteSpans } from '@/lib/marks';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { type Key, locale, t } from '@/locales';
import { fixable, fixLabel, fixOf, partOf } from './findings';
import type { Log } from './use-log';

const AXES = ['structure', 'action', 'evidence', 'clarity'] as const;
const AT_ONCE = 3;

/** What still has to be written, in inputs not reached yet: said as a number, not as a fault. */
function openErrors(log: Log): number {
  return log.check?.findings.filter((finding) => finding.severity === 'error').length ?? 0;
}

function verdictOf(log: Log): string {
  if (log.shown.length) return t('followups.left', { n: log.shown.length });
  const open = openErrors(log);
  return open ? t('followups.go_on', { n: open }) : t('followups.left_none');
}

function Axes({ axes }: { axes: CheckResult['axes'] }) {
  return (
    <div className="check-axes">
      {AXES.map((axis) => {
        const level = axes[axis] >= 80 ? 'good' : axes[axis] >= 60 ? 'fair' : 'poor';
        return (
          <div key={axis}>
            <span className="meta">{t(`followups.axis_${axis}`)}</span>
            <span className="check-track">
              <span data-level={level} style={{ width: `${axes[axis]}%` }} />
            </span>
            <span className="meta">{axes[axis]}</span>
          </div>
        );
      })}
    </div>
  );
}

function FindingRow({ finding, at, log }: { finding: Finding; at: number; log: Log }) {
  const phone = usePhone();
  const patch = at < 0 ? null : fixOf(finding, log.draft);
  const error = finding.severity === 'error';
  const part = partOf(finding.field);
  const place = part ? t(`followups.part_${part}` as Key) : '';
  const weight: Key =
    finding.severity === 'error'
      ? 'followups.must'
      : finding.severity === 'warning'
        ? 'followups.should'
        : 'followups.may';
  const message = words(finding.message);
  const zh = locale() === 'zh-CN';
  return (
    <li className="finding" data-severity={finding.severity}>
      {error ? (
        <CircleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      ) : (
        <TriangleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      )}
      <div>
        <p>
          <b>{message}</b>
        </p>
        <p className="meta">
          {place ? `${place} · ` : ''}
          {t(weight)}
          {finding.risk ? ` · ${t('followups.risk_of', { risk: words(finding.risk) })}` : ''}
        </p>
        <p className="second">{(zh && finding.why) || words(finding.suggestion)}</p>
        {zh && finding.example ? (
          <p className="second">{t('followups.example', { text: finding.example })}</p>
        ) : null}
        {patch ? (
          <span className="finding-fix">
            <button type="button" title={String(finding.fix)} onClick={() => log.change(patch)}>
              <Sparkles size={14} strokeWidth={1.6} aria-hidden="true" />
              <span>{fixLabel(finding)}</span>
            </button>
            {phone || at > 2 ? null : <kbd>Alt {at + 1}</kbd>}
          </span>
        ) : null}
      </div>
    </li>
  );
}

function Passed({ log, passed }: { log: Log; passed: number }) {
  const text = log.draft.summary;
  const facts = [
    [quoteSpans(text).length + log.draft.quotes.length, 'followups.fact_quotes'],
    [(text.match(/\d+(?:[.,]\d+)*/g) ?? []).length, 'followups.fact_figures'],
    [log.draft.objections.length, 'followups.fact_objections'],
  ] as const;
  const said = facts.filter(([n]) => n > 0).map(([n, key]) => t(key, { n }));
  return (
    <div className="check-passed">
      <Check size={16} strokeWidth={1.6} aria-hidden="true" />
      <div>
        <p>{t('followups.passed', { n: passed })}</p>
        {said.length ? (
          <p className="meta">{t('followups.has', { what: said.join(t('common.list')) })}</p>
        ) : null}
      </div>
    </div>
  );
}

/** Is it good enough: score, axes, what to mend and how, a good record of the same kind. */
export function CheckPanel({ log }: { log: Log }) {
  const [all, setAll] = useState(false);
  const { check, shown } = log;
  const example = log.brief?.good_example;
  const untouched = !log.tried && log.left.size === 0 && !log.draft.summary.trim();
  const fixes = fixable(shown, log.draft);
  const rows = all ? shown : shown.slice(0, AT_ONCE);
  return (
    <aside className="log-check" aria-label={t('followups.check')}>
      {!check || untouched ? (
        <p className="second">{t('followups.check_empty')}</p>
      ) : (
        <>
          <div className="check-score">
            <ScoreRing score={check.score} size={68} />
            <Axes axes={check.axes} />
          </div>
          <p className="check-left" aria-live="polite">
            <b>{verdictOf(log)}</b>
            {shown.length && check.score_after > check.score ? (
              <span className="meta">{t('followups.after', { n: check.score_after })}</span>
            ) : null}
          </p>
          <ul>
            {rows.map((finding) => (
              <FindingRow
                key={`${finding.rule}${finding.field}${finding.span}`}
                finding={finding}
                at={fixes.indexOf(finding)}
                log={log}
              />
            ))}
          </ul>
          {shown.length > AT_ONCE ? (
            <button type="button" className="act" onClick={() => setAll(!all)}>
              {all ? t('followups.fewer') : t('followups.others', { n: shown.length - AT_ONCE })}
            </button>
          ) : null}
          {check.passed ? <Passed log={log} passed={check.passed} /> : null}
        </>
      )}
      {example ? (
        <div className="check-example">
          <p className="meta">{t('followups.good_example', { name: example.by, n: example.score })}</p>
          <p className="second">{example.text}</p>
        </div>
      ) : null}
    </aside>
  );
}

/** The check on the phone: one line in the bar at the bottom; its sheet opens by tap. */
export function CheckBar({ log, open, toggle }: { log: Log; open: boolean; toggle: () => void }) {
  const { check, shown } = log;
  const started = log.tried || log.left.size > 0 || log.draft.summary.trim().length > 0;
  return (
    <button type="button" className="plain check-bar" aria-expanded={open} onClick={toggle}>
      {check && started && !open ? <ScoreRing score={check.score} size={40} /> : null}
      <span>
        <b>
          {!started || !check
            ? t('followups.check')
            : shown.length
              ? t('followups.left', { n: shown.length })
              : openErrors(log)
                ? t('followups.go_on', { n: openErrors(log) })
                : t('followups.left_none_short')}
        </b>
        <span className="meta">
          {open ? t('followups.fold') : t('followups.how')}
          {open ? <ChevronDown size={13} aria-hidden="true" /> : <ChevronUp size={13} aria-hidden="true" />}
        </span>
      </span>
    </button>
  );
}
