import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { RecordPageData } from '@/api/templates';
import { ScoreRing } from '@/components/ScoreRing';
import { words } from '@/lib/names';
import { t } from '@/locales';

const AXES = ['structure', 'action', 'evidence', 'clarity'] as const;

/** How good the record is and what the rules still said when it was written. */
export function Quality({ record }: { record: RecordPageData }) {
  if (record.score === null || record.attempt) return null;
  const told = record.findings.filter((finding) => finding.severity !== 'hint');
  return (
    <section className="rec-quality" aria-label={t('record.quality')}>
      <div className="rec-score">
        <ScoreRing score={record.score} size={60} />
        <dl>
          {AXES.map((axis) =>
            record.axes[axis] === undefined ? null : (
              <div key={axis}>
                <dt className="meta">{t(`followups.axis_${axis}`)}</dt>
                <dd>{record.axes[axis]}</dd>
              </div>
            ),
          )}
        </dl>
      </div>
      {told.length ? (
        <ul>
          {told.map((finding) => (
            <li key={`${finding.rule}${finding.field_zh}`} data-severity={finding.severity}>
              {finding.severity === 'error' ? (
                <CircleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
              ) : (
                <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
              )}
              <span>{words(finding.message)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="second">{t('record.nothing_to_mend')}</p>
      )}
    </section>
  );
}
