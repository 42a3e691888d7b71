import { t } from '@/locales';
import { DETAILS } from '../draft';
import type { Log } from '../use-log';

/** The details people usually skip. */
export function Details({ log }: { log: Log }) {
  return (
    <>
      {DETAILS.map((slug) => (
        <label className="group-row" key={slug}>
          <span className="second">{t(`followups.detail_${slug}`)}</span>
          <input
            value={log.draft.details[slug] ?? ''}
            onChange={(event) =>
              log.change({ details: { ...log.draft.details, [slug]: event.target.value } })
            }
          />
        </label>
      ))}
    </>
  );
}
