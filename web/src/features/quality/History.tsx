import { type StandardVersion, useStandardVersions } from '@/api/standard';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

const MOST_SAID = 4;

function One({ one, back }: { one: StandardVersion; back: (() => void) | null }) {
  const said = one.said.slice(0, MOST_SAID).map(words);
  const more = one.said.length - said.length;
  return (
    <li className="st-version">
      <span className="st-name">
        <b>
          {one.took === null
            ? t('standard.version', { n: one.number })
            : t('standard.version_back', { n: one.number, to: one.took })}
          {one.live ? <span className="meta"> · {t('standard.live')}</span> : null}
        </b>
        <span className="meta">{[one.by?.name ?? '', formatWhen(one.at)].filter(Boolean).join(' · ')}</span>
        <span className="second">
          {[...said, ...(more > 0 ? [t('standard.more', { n: more })] : [])].join(t('common.list'))}
        </span>
      </span>
      {back ? (
        <Sure what={t('standard.back')} of={t('standard.version', { n: one.number })} run={back} />
      ) : null}
    </li>
  );
}

/** Every version: who, when, what; and the way back to it, or to the standard as it came. */
export function History({ back }: { back: ((to: number) => void) | null }) {
  const query = useStandardVersions();
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={2} height={56} />;
  if (!query.data.length) return <p className="second">{t('standard.versions_none')}</p>;
  return (
    <ol className="sheet st-rows">
      {query.data.map((one) => (
        <One key={one.number} one={one} back={back && !one.live ? () => back(one.number) : null} />
      ))}
      {back ? (
        <li className="st-version">
          <span className="st-name">
            <b>{t('standard.pack')}</b>
            <span className="meta">{t('standard.pack_hint')}</span>
          </span>
          <Sure what={t('standard.back')} of={t('standard.pack')} run={() => back(0)} />
        </li>
      ) : null}
    </ol>
  );
}
