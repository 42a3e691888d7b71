import { t } from '@/locales';
import type { Log } from '../use-log';

/** What came of this contact; it will stand beside the next plan. */
export function ResultText({ log }: { log: Log }) {
  return (
    <div className="group-row">
      <span className="second">{t('followups.group_result')}</span>
      <textarea
        rows={2}
        aria-label={t('followups.group_result')}
        placeholder={t('followups.result_hint')}
        value={log.draft.result}
        onChange={(event) => log.change({ result: event.target.value })}
      />
    </div>
  );
}
