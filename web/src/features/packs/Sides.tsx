import { useEffect, useRef } from 'react';
import type { OwnPack } from '@/api/packs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { t } from '@/locales';
import { changesIn, type Section } from './changes';
import { Diff } from './Diff';
import { type Ticks, Words } from './Words';

/** Chosen anew each time, so that choosing it again leads to it again. */
export interface Chosen {
  id: string;
}

/** Both sides: plain words at the left, the file at the right; choosing on one leads to the other. */
export function Sides({
  before,
  lines,
  sections,
  ticks,
  asking = false,
  failure = null,
  again,
}: {
  /** The configuration before; undefined while it is not there yet. */
  before: Pick<OwnPack, 'text'> | undefined;
  lines: readonly string[] | undefined;
  sections: readonly Section[];
  ticks: Ticks;
  asking?: boolean;
  failure?: unknown;
  again: () => void;
}) {
  const count = (sign: string) => (lines ?? []).filter((line) => line.startsWith(sign)).length;
  return (
    <div className="pk-sides">
      <section className="sheet pk-side" aria-label={t('packs.words')}>
        <header className="pk-side-head">
          <h2>{t('packs.words')}</h2>
          <span className="meta">{t('packs.words_hint')}</span>
        </header>
        <div className="pk-scroll">
          <Words sections={sections} ticks={ticks} />
        </div>
      </section>
      <section className="sheet pk-side" aria-label={t('packs.lines')}>
        <header className="pk-side-head">
          <h2>{t('packs.lines')}</h2>
          <span className="pd-count" role="status">
            {asking ? <span className="meta">{t('packs.asking')}</span> : null}
            {lines ? (
              <>
                <span className="pd-plus">+{count('+')}</span> <span className="pd-minus">−{count('-')}</span>
              </>
            ) : null}
          </span>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too */}
        <div className="pk-scroll pd" tabIndex={0} role="group" aria-label={t('packs.lines')}>
          {before && lines ? (
            <Diff
              text={before.text}
              lines={lines}
              changes={sections.flatMap(changesIn)}
              chosen={ticks.chosen}
              choose={(id) => ticks.choose?.(id)}
            />
          ) : failure ? (
            <ErrorState failure={failure} retry={again} />
          ) : (
            <SkeletonRows rows={12} height={28} />
          )}
        </div>
      </section>
    </div>
  );
}

/** Brings both ends of the chosen change into sight. */
export function useSight(chosen: Chosen | null) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!chosen) return;
    const name = CSS.escape(chosen.id);
    for (const end of [`[data-change="${name}"]`, `[data-of="${name}"]`])
      box.current?.querySelector(end)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return box;
}
