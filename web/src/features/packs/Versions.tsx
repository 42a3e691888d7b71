import { useState } from 'react';
import { sentenceOf } from '@/api/client';
import { type AppliedPack, refreshAll, rollBackPack, useAppliedPacks } from '@/api/packs';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { say } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

function One({ one, back, refused }: { one: AppliedPack; back: (() => void) | null; refused: string }) {
  const facts = [one.by?.name ?? '', formatWhen(one.at), t('packs.places', { n: one.changes })];
  return (
    <li className="pk-row">
      <span className="pk-nth meta">{one.number}</span>
      <span className="pk-row-words">
        <b>{t(one.took === null ? 'packs.version' : 'packs.version_back', { name: one.name })}</b>
        <span className="meta">{facts.filter(Boolean).join(' · ')}</span>
        {refused ? (
          <span className="verm" role="alert">
            {refused}
          </span>
        ) : null}
      </span>
      {back ? (
        <Sure
          what={t(one.took === null ? 'packs.back_before' : 'packs.back_undo')}
          of={t('packs.nth', { n: one.number })}
          run={back}
        >
          {t(one.took === null ? 'packs.back_before' : 'packs.back_undo')}
        </Sure>
      ) : null}
    </li>
  );
}

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
  const items = query.data?.items ?? [];
  return (
    <section className="pk-block">
      <h2>{t('packs.versions')}</h2>
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={2} height={56} /> : null}
      {query.data && !items.length ? <p className="second">{t('packs.versions_none')}</p> : null}
      {items.length ? (
        <>
          {may ? <p className="second pk-lead">{t('packs.back_means')}</p> : null}
          <ol className="sheet">
            {items.map((one) => (
              <One
                key={one.number}
                one={one}
                back={may && !busy ? () => void back(one) : null}
                refused={refused?.number === one.number ? refused.why : ''}
              />
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}
