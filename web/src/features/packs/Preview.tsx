import { Button } from 'antd';
import { ArrowLeft, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useDesign } from '@/api/designs';
import type { Source } from '@/api/packs';
import { useSchema } from '@/api/queries';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { rich, t } from '@/locales';
import { Apply } from './Apply';
import { type Chosen, Sides, useSight } from './Sides';
import { type PackDraft, usePack } from './use-pack';
import { type Ticks, Words } from './Words';

const NONE: ReadonlySet<string> = new Set();

const wanted = ({ changes, left }: PackDraft): number => changes.filter((one) => !left.has(one.id)).length;

/** How many changes, and how many of them are not wanted. */
function Sentence({ pack }: { pack: PackDraft }) {
  const n = pack.changes.length;
  const out = n - wanted(pack);
  const key = out === 0 ? 'packs.sentence' : out === n ? 'packs.sentence_none' : 'packs.sentence_left';
  return <h2 className="page-title pk-sentence">{rich(key, { n, out }, 'pk-out')}</h2>;
}

/** Way back, what is looked at, and applying it. */
function Bar({ pack, name, own, apply }: { pack: PackDraft; name: string; own: boolean; apply: () => void }) {
  const n = wanted(pack);
  return (
    <header className="pk-bar">
      <Link className="icon-act" to="/manage/packs" aria-label={t('packs.back')} title={t('packs.back')}>
        <ArrowLeft size={18} strokeWidth={1.6} />
      </Link>
      <span className="second">{t('packs.title')}</span>
      <h1 className="cut">{name}</h1>
      <span className="pk-chip">{t(own ? 'packs.own' : 'packs.shipped_one')}</span>
      <span className="pk-gap" />
      {pack.changes.length ? (
        <Button
          type="primary"
          disabled={n === 0 || pack.asking || !pack.now.data}
          loading={pack.busy}
          onClick={apply}
        >
          {t('packs.apply', { n })}
        </Button>
      ) : null}
    </header>
  );
}

/** Why nothing was applied. */
function Trouble({ refused }: Pick<PackDraft, 'refused'>) {
  if (!refused) return null;
  return (
    <p className="pk-refused" role="alert">
      <CircleAlert size={16} strokeWidth={1.6} aria-hidden="true" />
      <span>{refused.sentence}</span>
    </p>
  );
}

/** What is there to be looked at: nothing yet, nothing at all, or the changes. */
function Content({ pack, ticks, wide }: { pack: PackDraft; ticks: Ticks; wide: boolean }) {
  const { whole, now, own, changes, sections, again } = pack;
  if (whole.error && !whole.data) return <ErrorState failure={whole.error} retry={() => void again()} />;
  if (!whole.data || !ticks.naming.schema) return <SkeletonRows rows={10} height={52} />;
  if (!changes.length)
    return (
      <EmptyState title={t('packs.same')} hint={t('packs.same_hint')}>
        <Link className="state-way" to="/manage/packs">
          {t('packs.back')}
        </Link>
      </EmptyState>
    );
  if (!wide)
    return (
      <>
        <p className="second pk-read">{t('packs.narrow')}</p>
        <div className="sheet">
          <Words sections={sections} ticks={ticks} />
        </div>
      </>
    );
  return (
    <>
      <div className="pk-top">
        <Sentence pack={pack} />
        <p className="second">{t('packs.sentence_hint')}</p>
      </div>
      <Sides
        before={now.data && own.data?.version === now.data.version ? own.data : undefined}
        lines={now.data?.lines}
        sections={sections}
        ticks={ticks}
        asking={pack.asking}
        failure={now.error ?? own.error}
        again={() => void (now.error ? again() : own.refetch())}
      />
    </>
  );
}

/** What one pack would change, taken out bit by bit, applied with a reason; on a narrow screen only read. */
export function Preview({ source, name, own }: { source: Source; name: string; own: boolean }) {
  const pack = usePack(source, name);
  const wide = useMedia('(min-width: 992px)');
  const schema = useSchema().data;
  const types = useDesign('customer', useCan('field.publish')).data?.types ?? [];
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [applying, setApplying] = useState(false);
  const box = useSight(chosen);
  const ticks: Ticks = {
    left: pack.left,
    refused: pack.refused?.at ?? NONE,
    leaveOut: wide ? pack.leaveOut : null,
    chosen: chosen?.id ?? null,
    choose: wide ? (id) => setChosen({ id }) : null,
    naming: { schema, changes: pack.changes, types },
  };
  const content = <Content pack={pack} ticks={ticks} wide={wide} />;
  if (!wide)
    return (
      <>
        <TopBar title={name} />
        <div className="pk-narrow">{content}</div>
      </>
    );
  return (
    <div className="pk" ref={box}>
      <Bar pack={pack} name={name} own={own} apply={() => setApplying(true)} />
      <Trouble refused={pack.refused} />
      {content}
      {applying ? (
        <Apply
          name={name}
          n={wanted(pack)}
          seen={pack.now.data}
          busy={pack.busy}
          apply={pack.apply}
          close={() => setApplying(false)}
        />
      ) : null}
    </div>
  );
}
