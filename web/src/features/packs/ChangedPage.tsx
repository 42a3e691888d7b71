import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useDesign } from '@/api/designs';
import { type PackChange, useOwnChanges } from '@/api/packs';
import { useSchema } from '@/api/queries';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { rich, t } from '@/locales';
import { sectionsOf } from './changes';
import { ExportPack } from './Export';
import { type Chosen, Sides, useSight } from './Sides';
import { type Ticks, Words } from './Words';
import './packs.css';
import './preview.css';

const NONE: ReadonlySet<string> = new Set();
/** A built-in field that stands in a form as it is says nothing: the form names it only to give it a place. */
const isTold = ({ section, what, after }: PackChange): boolean =>
  section !== 'forms' || what !== 'added' || Object.keys(after ?? {}).join() !== 'key';

/** What the team has made of the standard it began with: in plain words, and line by line in the file. */
export function ChangedPage() {
  const may = useCan('pack.apply');
  const wide = useMedia('(min-width: 992px)');
  const query = useOwnChanges(may);
  const schema = useSchema().data;
  const types = useDesign('customer', useCan('field.publish')).data?.types ?? [];
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const box = useSight(chosen);
  const changes = useMemo(() => query.data?.changes.filter(isTold), [query.data]);
  const sections = useMemo(() => sectionsOf(changes ?? []), [changes]);
  const title = t('packs.own_changes');
  if (!may)
    return (
      <>
        <TopBar title={title} />
        <EmptyState title={t('common.forbidden')} hint={t('team.closed')} />
      </>
    );
  const ticks: Ticks = {
    left: NONE,
    refused: NONE,
    leaveOut: null,
    chosen: chosen?.id ?? null,
    choose: wide ? (id) => setChosen({ id }) : null,
    naming: { schema, changes: changes ?? [], types },
  };
  const failed = query.error && !query.data;
  const content = failed ? (
    <ErrorState failure={query.error} retry={() => void query.refetch()} />
  ) : !changes || !schema ? (
    <SkeletonRows rows={10} height={52} />
  ) : !changes.length ? (
    <EmptyState title={t('packs.own_same')} hint={t('packs.own_same_hint')}>
      <Link className="state-way" to="/manage/packs">
        {t('packs.back')}
      </Link>
    </EmptyState>
  ) : wide ? (
    <>
      <div className="pk-top">
        <h2 className="page-title pk-sentence">
          {rich('packs.own_sentence', { n: changes.length }, 'pk-out')}
        </h2>
        <p className="second">{t('packs.own_hint')}</p>
      </div>
      <Sides
        before={query.data}
        lines={query.data?.lines}
        sections={sections}
        ticks={ticks}
        again={() => void query.refetch()}
      />
    </>
  ) : (
    <div className="sheet">
      <Words sections={sections} ticks={ticks} />
    </div>
  );
  if (!wide)
    return (
      <>
        <TopBar title={title} />
        <div className="pk-narrow">{content}</div>
      </>
    );
  return (
    <div className="pk" ref={box}>
      <header className="pk-bar">
        <Link className="icon-act" to="/manage/packs" aria-label={t('packs.back')} title={t('packs.back')}>
          <ArrowLeft size={18} strokeWidth={1.6} />
        </Link>
        <span className="second">{t('packs.title')}</span>
        <h1 className="cut">{title}</h1>
        <span className="pk-gap" />
        <ExportPack />
      </header>
      {content}
    </div>
  );
}
