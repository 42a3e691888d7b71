import { sentenceOf } from '@/api/client';
import type { PoolsPreview } from '@/api/pools';
import { rich, t } from '@/locales';

/** What the night would do under these rules: who goes back, who is warned first, and whose they are. */
export function Tonight({ preview, failure }: { preview: PoolsPreview | undefined; failure: unknown }) {
  if (failure) return <aside className="sheet pool-tonight verm">{sentenceOf(failure)}</aside>;
  if (!preview) return <aside className="sheet pool-tonight second">{t('common.loading')}</aside>;
  const most = Math.max(1, ...preview.people.map((one) => one.count));
  return (
    <aside className="sheet pool-tonight" aria-live="polite">
      <h2>{t('pools.impact')}</h2>
      {preview.tonight + preview.warned === 0 ? <p className="second">{t('pools.impact_none')}</p> : null}
      {preview.tonight ? <p>{rich('pools.impact_tonight', { n: preview.tonight }, 'verm')}</p> : null}
      {preview.warned ? <p>{rich('pools.impact_warned', { n: preview.warned })}</p> : null}
      {preview.held ? <p className="second">{t('pools.impact_held', { n: preview.held })}</p> : null}
      {preview.people.length ? (
        <>
          <p className="meta">{t('pools.impact_people')}</p>
          <ul className="pool-bars">
            {preview.people.map((one) => (
              <li key={one.id}>
                <span className="cut">{one.name}</span>
                <span
                  className="pool-bar"
                  style={{ width: `${(100 * one.count) / most}%` }}
                  aria-hidden="true"
                />
                <span>{one.count}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {preview.more ? <p className="meta">{t('pools.impact_more')}</p> : null}
    </aside>
  );
}
