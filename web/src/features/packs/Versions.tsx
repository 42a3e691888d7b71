import { useState } from 'react';
import { sentenceOf } from '@/api/client';
import { type AppliedPack, refreshAll, rollBackPack, useAppliedPacks } from '@/api/packs';
import { useCan } from '@/app/session';
import { Sure } from '@/components/Sure';
import { VersionList } from '@/components/VersionList';
import { say } from '@/lib/notify';
import { t } from '@/locales';

/** Takes a pack back; a refusal stands in its row, over the list as it is by then. */
function useBack(query: ReturnType<typeof useAppliedPacks>) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ number: number; why: string } | null>(null);
  const back = async (one: AppliedPack) => {
    setBusy(true);
    setRefused(null);
    try {
      const done = await rollBackPack(one.number, query.data?.version ?? 0);
      say(t('packs.went_back', { name: one.name, n: done.changes }));
      await refreshAll();
    } catch (failure) {
      setRefused({ number: one.number, why: sentenceOf(failure) });
      void query.refetch();
    }
    setBusy(false);
  };
  return { busy, refused, back };
}

/** Every pack that was applied or taken back: who, when, how much; and the way to before it. */
export function Versions({ wide }: { wide: boolean }) {
  const query = useAppliedPacks();
  const may = useCan('pack.roll_back') && wide;
  const { busy, refused, back } = useBack(query);
  const items = query.data?.items;
  return (
    <section className="pk-block">
      <h2>{t('packs.versions')}</h2>
      {may && items?.length ? <p className="second pk-lead">{t('packs.back_means')}</p> : null}
      <VersionList
        query={{ ...query, data: items }}
        none={t('packs.versions_none')}
        line={(one) => ({
          title: t(one.took === null ? 'packs.version' : 'packs.version_back', { name: one.name }),
          by: one.by,
          at: one.at,
          facts: t('packs.places', { n: one.changes }),
          refused: refused?.number === one.number ? refused.why : '',
          act:
            may && !busy ? (
              <Sure
                what={t(one.took === null ? 'packs.back_before' : 'packs.back_undo')}
                of={t('packs.nth', { n: one.number })}
                run={() => back(one)}
              />
            ) : null,
        })}
      />
    </section>
  );
}
