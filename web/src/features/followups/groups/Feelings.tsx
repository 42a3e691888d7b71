import { Pick } from '@/components/Pick';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { LogDraft } from '../draft';
import type { Log } from '../use-log';

type Slug = 'attitude_from' | 'attitude_to' | 'mood' | 'trust' | 'status';

function Choice({ log, slug, set, label }: { log: Log; slug: Slug; set: string; label: string }) {
  return (
    <Pick
      bare
      label={label}
      placeholder={label}
      value={log.draft[slug]}
      choices={log.labels.options(set).map((one) => ({ value: one.key, label: words(one) }))}
      onChange={(value) => log.change({ [slug]: value } as Partial<LogDraft>)}
    />
  );
}

/** Attitude from → to, mood and trust: scaled choices. */
export function Feelings({ log }: { log: Log }) {
  return (
    <>
      <div className="group-row" data-cells="oo">
        <span className="second">{t('followups.group_attitude')}</span>
        <Choice log={log} slug="attitude_from" set="attitude" label={t('followups.before')} />
        <Choice log={log} slug="attitude_to" set="attitude" label={t('followups.now_is')} />
        <span />
      </div>
      <div className="group-row" data-cells="oo">
        <span className="second">{t('followups.mood_trust')}</span>
        <Choice log={log} slug="mood" set="mood" label={t('followups.mood')} />
        <Choice log={log} slug="trust" set="trust" label={t('followups.trust')} />
        <span />
      </div>
    </>
  );
}

export function Satisfaction({ log }: { log: Log }) {
  const { satisfaction } = log.draft;
  return (
    <div className="group-row">
      <span className="second">{t('followups.group_satisfaction')}</span>
      <span className="scale" role="radiogroup" aria-label={t('followups.group_satisfaction')}>
        {[1, 2, 3, 4, 5].map((score) => (
          <button
            type="button"
            key={score}
            role="radio"
            aria-checked={satisfaction === score}
            onClick={() => log.change({ satisfaction: satisfaction === score ? null : score })}
          >
            {score}
          </button>
        ))}
        <span className="meta">{t('followups.satisfaction_scale')}</span>
      </span>
    </div>
  );
}

export function Status({ log }: { log: Log }) {
  return (
    <div className="group-row" data-cells="ot" data-part="status">
      <span className="second">{t('followups.group_status')}</span>
      <Choice log={log} slug="status" set="followup_status" label={t('followups.group_status')} />
      <input
        aria-label={t('followups.status_reason')}
        placeholder={t('followups.status_reason')}
        value={log.draft.status_reason}
        onChange={(event) => log.change({ status_reason: event.target.value })}
      />
      <span />
    </div>
  );
}
