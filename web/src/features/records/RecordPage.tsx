import { Button } from 'antd';
import { ChevronLeft, History, LayoutPanelLeft, Pencil, Trash2 } from 'lucide-react';
import { lazy, Suspense, startTransition, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '@/api/client';
import { useRowComments } from '@/api/comments';
import { type OwnRecord, pathOf, refreshRecords, useOwnRecord, useRecordTypes } from '@/api/records';
import { useCan } from '@/app/session';
import { sayWithUndo } from '@/components/batch/undo';
import { Comments } from '@/components/CommentThread';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { PAPERS, usePapers } from '@/components/use-papers';
import { Value } from '@/components/Value';
import { groupsOf } from '@/lib/filling';
import { usePhone } from '@/lib/media';
import { capital, words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { arranged, groupOf, inColumn, ownGroups, type PagePart } from '@/lib/page-layout';
import { shown } from '@/lib/shown';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { RecordTodos } from './RecordTodos';
import { StatePath } from './StatePath';
import { useMove } from './use-move';
import './records.css';

const RecordDrawer = lazy(async () => ({ default: (await import('./RecordDrawer')).RecordDrawer }));
const LayoutDrawer = lazy(async () => ({
  default: (await import('@/components/layout/LayoutDrawer')).LayoutDrawer,
}));
const VersionsDrawer = lazy(async () => ({
  default: (await import('@/components/versions/VersionsDrawer')).VersionsDrawer,
}));
/** What the head of the page says already. */
const IN_HEAD = new Set([
  'name',
  'number',
  'state',
  'customer',
  'owner',
  'state_at',
  'created_at',
  'updated_at',
]);

/** What is filled in, by the groups of the form; `group`: that one alone. */
function Facts({ record, group: only }: { record: OwnRecord; group?: string }) {
  const labels = useLabels();
  const values = record as unknown as Record<string, unknown>;
  const apart = ownGroups(labels.page(record.type));
  const fields = labels
    .fields(record.type)
    .filter((field) => (only ? field.group === only : !apart.has(field.group)))
    .filter((field) => !IN_HEAD.has(field.slug) && shown(field, values[field.slug], labels, null) !== null);
  if (!fields.length) return only ? null : <p className="second">{t('own.facts_none')}</p>;
  return groupsOf(fields, labels.groups(record.type)).map((group) => (
    <section className="own-part" key={group.key}>
      <h2>{group.title}</h2>
      <dl className="own-facts">
        {group.fields.map((field) => (
          <div key={field.slug} data-wide={field.type === 'longtext' || field.type === 'rich' || undefined}>
            <dt className="meta">{words(field.label)}</dt>
            <dd>
              <Value whole field={field} value={values[field.slug]} labels={labels} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

function Head({ record, edit }: { record: OwnRecord; edit: () => void }) {
  const labels = useLabels();
  const navigate = useNavigate();
  const [history, setHistory] = useState(false);
  const { type, can, customer } = record;
  const mayExport = useCan('export.start');
  const mayShape = useCan('field.publish');
  const [shaping, setShaping] = useState(false);
  const phone = usePhone();
  const { busy, take } = usePapers(type, record.id);
  const remove = async () => {
    try {
      const done = await api.post<{ batch: string }>(`${pathOf(type)}/delete`, { ids: [record.id] });
      navigate(`/records/${type}`);
      await refreshRecords();
      sayWithUndo(t('own.done_delete', { n: 1 }), done.batch, refreshRecords);
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <header className="own-head">
      <Link className="icon-act" to={`/records/${type}`} aria-label={t('common.back')}>
        <ChevronLeft size={19} strokeWidth={1.6} />
      </Link>
      <div className="own-title">
        <h1 className="page-title">{record.name}</h1>
        <p className="second">
          {[`${capital(words(labels.type(type)))} #${record.number}`, record.owner?.name]
            .filter(Boolean)
            .join(' · ')}
          {customer ? ' · ' : ''}
          {customer?.id ? <Link to={`/customers/${customer.id}`}>{customer.name}</Link> : null}
          {customer && !customer.id ? t('own.closed_link') : null}
        </p>
      </div>
      <div className="own-acts">
        <Button icon={<History size={15} strokeWidth={1.6} />} onClick={() => setHistory(true)}>
          {t('versions.open')}
        </Button>
        {mayExport && !phone
          ? PAPERS.map(([key, label, Icon]) => (
              <Button
                key={key}
                icon={<Icon size={15} strokeWidth={1.6} />}
                loading={busy === key}
                disabled={busy !== null}
                onClick={() => void take(key)}
              >
                {label}
              </Button>
            ))
          : null}
        {mayShape && !phone ? (
          <Button icon={<LayoutPanelLeft size={15} strokeWidth={1.6} />} onClick={() => setShaping(true)}>
            {t('page.layout')}
          </Button>
        ) : null}
        {can.update ? (
          <Button icon={<Pencil size={15} strokeWidth={1.6} />} onClick={edit}>
            {t('common.edit')}
          </Button>
        ) : null}
        {can.delete ? (
          <Sure className="icon-act" what={t('common.delete')} run={() => void remove()}>
            <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
          </Sure>
        ) : null}
      </div>
      <Suspense fallback={null}>
        {shaping ? <LayoutDrawer type={type} usual={USUAL} close={() => setShaping(false)} /> : null}
        {history ? (
          <VersionsDrawer
            type={type as `x_${string}`}
            id={record.id}
            name={record.name}
            close={() => setHistory(false)}
            changed={() => void refreshRecords()}
          />
        ) : null}
      </Suspense>
    </header>
  );
}

/** 评论: what colleagues say about the row, with the names in it. */
function Said({ type, id }: { type: string; id: number }) {
  const { data, error, refetch } = useRowComments(type, id);
  if (error && !data) return <ErrorState failure={error} retry={() => void refetch()} />;
  if (!data || (!data.items.length && !data.can.comment)) return null;
  return (
    <section className="sheet own-sheet own-said" aria-label={t('comments.title')}>
      <h2>{t('comments.title')}</h2>
      <Comments threads={data.items} about={{ type, id }} can={data.can.comment} />
    </section>
  );
}

/** How the page is arranged unless the team says otherwise. */
const USUAL: PagePart[] = [
  { key: 'facts', place: 'main' },
  { key: 'comments', place: 'main' },
  { key: 'todos', place: 'side' },
];

/** One part of the page by its name. */
function Part({ name, record }: { name: string; record: OwnRecord }) {
  if (name === 'comments') return <Said type={record.type} id={record.id} />;
  if (name === 'todos') return <RecordTodos record={record} />;
  const group = groupOf({ key: name, place: 'main' }) ?? undefined;
  return (
    <div className="sheet own-sheet">
      <Facts record={record} {...(group ? { group } : {})} />
    </div>
  );
}

/** One row of a type of the team: its state, its fields, its customer and what is still to do. */
export function RecordPage() {
  const { type = '', id = '' } = useParams();
  const query = useOwnRecord(type, Number(id));
  const types = useRecordTypes();
  const { move, dialog } = useMove(type);
  const [editing, setEditing] = useState(false);
  const labels = useLabels();
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  const record = query.data;
  if (!record) return <PageSkeleton />;
  const states = types.data?.items.find((one) => one.slug === type)?.states ?? [];
  const parts = arranged(USUAL, labels.page(type));
  const part = (key: string) => <Part key={key} name={key} record={record} />;
  return (
    <div className="own-page">
      <Head record={record} edit={() => startTransition(() => setEditing(true))} />
      <div className="own-body">
        <StatePath
          states={states}
          now={record.state}
          next={record.next}
          go={record.can.move ? (to) => void move(record, to) : null}
        />
        <p className="meta own-since">
          {t('own.since', { when: formatWhen(record.state_at) })} ·{' '}
          {t('own.updated', { when: formatWhen(record.updated_at) })}
        </p>
        <div className="own-cols">
          <div className="own-main">{inColumn(parts, 'main').map(part)}</div>
          <div className="own-side">{inColumn(parts, 'side').map(part)}</div>
        </div>
      </div>
      {dialog}
      <Suspense fallback={null}>
        {editing ? <RecordDrawer type={type} record={record} close={() => setEditing(false)} /> : null}
      </Suspense>
    </div>
  );
}
