import { useState } from 'react';
import { ApiError, sentenceOf } from '@/api/client';
import { type AppliedPack, type PackPreview, refreshAll, rollBackPack, useAppliedPacks } from '@/api/packs';
import { useCan } from '@/app/session';
import { Sure } from '@/components/Sure';
import { VersionList } from '@/components/VersionList';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { BackMoves } from './BackMoves';
import type { Moves } from './MoveNodes';

interface Asked extends Pick<PackPreview, 'gone' | 'nodes'> {
  one: AppliedPack;
}

/** Takes a pack back, asking where the customers of nodes that go are to stand; a refusal stands in its row, over the list as it is by then. */
function useBack(query: ReturnType<typeof useAppliedPacks>) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ number: number; why: string } | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const back = async (one: AppliedPack, moves: Moves = {}) => {
    setBusy(true);
    setRefused(null);
    setAsked(null);
    try {
      const done = await rollBackPack(one.number, query.data?.version ?? 0, moves);
      say(t('packs.went_back', { name: one.name, n: done.changes }));
      await refreshAll();
    } catch (failure) {
      const { gone, nodes } = (failure instanceof ApiError ? failure.extra : {}) as Partial<Asked>;
      if (gone?.some((node) => !moves[node.key]) && nodes) setAsked({ one, gone, nodes });
      setRefused({ number: one.number, why: sentenceOf(failure) });
      void query.refetch();
    }
    setBusy(false);
  };
  return { busy, refused, back, asked, leave: () => setAsked(null) };
}

/** Every pack that was applied or taken back: who, when, how much; and the way to before it. */
export function Versions({ wide }: { wide: boolean }) {
  const query = useAppliedPacks();
  const may = useCan('pack.roll_back') && wide;
  const { busy, refused, back, asked, leave } = useBack(query);
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
      {asked ? (
        <BackMoves
          gone={asked.gone}
          nodes={asked.nodes}
          run={(moves) => void back(asked.one, moves)}
          close={leave}
        />
      ) : null}
    </section>
  );
}
