import { type StandardVersion, useStandardVersions } from '@/api/standard';
import { Sure } from '@/components/Sure';
import { VersionList, VersionRow } from '@/components/VersionList';
import { words } from '@/lib/names';
import { t } from '@/locales';

const MOST_SAID = 4;

function said(one: StandardVersion): string {
  const more = one.said.length - MOST_SAID;
  return [
    ...one.said.slice(0, MOST_SAID).map(words),
    ...(more > 0 ? [t('standard.more', { n: more })] : []),
  ].join(t('common.list'));
}

/** Every version: who, when, what; and the way back to it, or to the standard as it came. */
export function History({ back }: { back: ((to: number) => void) | null }) {
  const to = (number: number, of: string) =>
    back ? <Sure what={t('standard.back')} of={of} run={() => back(number)} /> : null;
  return (
    <VersionList
      query={useStandardVersions()}
      none={t('standard.versions_none')}
      line={(one) => ({
        title:
          one.took === null
            ? t('standard.version', { n: one.number })
            : t('standard.version_back', { n: one.number, to: one.took }),
        live: one.live ? t('standard.live') : null,
        by: one.by,
        at: one.at,
        said: said(one),
        act: one.live ? null : to(one.number, t('standard.version', { n: one.number })),
      })}
      more={
        back ? (
          <VersionRow
            title={t('standard.pack')}
            facts={t('standard.pack_hint')}
            act={to(0, t('standard.pack'))}
          />
        ) : null
      }
    />
  );
}
