import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { lazy, Suspense, startTransition, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useViews } from '@/api/queries';
import { type OwnRow, useRecordTypes } from '@/api/records';
import type { Named } from '@/api/types';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { Chip } from '@/components/Chip';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { KindProvider, useKind } from '@/components/list/kind';
import { LayoutSwitch } from '@/components/list/LayoutSwitch';
import { ListTools, useTotal } from '@/components/list/ListTools';
import { type ListState, useListState } from '@/components/list/list-state';
import { useLook } from '@/components/list/look';
import { SortPicker } from '@/components/list/SortPicker';
import { useKnownView } from '@/components/list/use-known-view';
import { usePages } from '@/components/list/use-pages';
import { More } from '@/components/More';
import { OwnWords } from '@/components/OwnWords';
import { SkeletonRows } from '@/components/Skeletons';
import { whenIdle } from '@/lib/idle';
import { usePhone } from '@/lib/media';
import { capital, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { formatAgo } from '@/lib/time';
import { t } from '@/locales';
import { BatchBar } from './BatchBar';
import { useRecordKind } from './kind';
import { RecordTable } from './RecordTable';
import '@/components/list/table.css';
import './records.css';

const drawer = () => import('./RecordDrawer');
const RecordDrawer = lazy(async () => ({ default: (await drawer()).RecordDrawer }));
const RecordCalendar = lazy(async () => ({
  default: (await import('./RecordCalendar')).RecordCalendar,
}));
const RecordBoard = lazy(async () => ({ default: (await import('./RecordBoard')).RecordBoard }));

function Card({ row, own }: { row: OwnRow; own: readonly string[] }) {
  const labels = useLabels();
  const state = labels.option(`${row.type}.state`, row.state);
  return (
    <Link to={`/records/${row.type}/${row.id}`} className="list-card record-card">
      <span className="card-line">
        <span className="cut card-title">{row.name}</span>
        {state ? <Chip color={state.color}>{words(state)}</Chip> : null}
      </span>
      {row.customer ? <span className="cut second">{row.customer.name || t('own.closed_link')}</span> : null}
      <OwnWords record={row.type} row={row} labels={labels} keys={own.length ? own : undefined} most={3} />
      <span className="card-line card-foot">
        <span className="cut second">{[`#${row.number}`, row.owner?.name].filter(Boolean).join(' · ')}</span>
        <span className="meta">{formatAgo(row.updated_at)}</span>
      </span>
    </Link>
  );
}

/** The tab that holds every row. */
const ALL = 'all';

function Empty({ state, add }: { state: ListState; add: (() => void) | null }) {
  const plain = state.nodes.length === 0 && !state.q && !state.saved;
  const all = useViews(useKind()).data?.items.find((one) => one.key === ALL);
  // There are rows, just not under this tab: those that are done, or somebody else's.
  const elsewhere = plain && state.view !== ALL && Boolean(all?.count);
  const none = plain && !elsewhere;
  return (
    <EmptyState
      title={t(none ? 'own.empty' : elsewhere ? 'own.empty_tab' : 'own.empty_filter')}
      hint={none && add ? t('own.empty_hint') : undefined}
    >
      {none && add ? <Button onClick={add}>{t('own.new')}</Button> : null}
      {elsewhere ? <Button onClick={() => state.set({ view: ALL })}>{t('own.see_all')}</Button> : null}
      {plain ? null : (
        <Button onClick={() => state.set({ nodes: [], q: '' })}>{t('customers.filter_clear')}</Button>
      )}
    </EmptyState>
  );
}

/** The rows of a type of the team under the tabs of its views; a list, or a board by state. */
export function RecordsPage() {
  const { type = '' } = useParams();
  const labels = useLabels();
  const kind = useRecordKind(type);
  if (labels.ready && !labels.fields(type).length)
    return (
      <>
        <TopBar title={t('own.gone')} />
        <EmptyState title={t('own.gone')} hint={t('own.gone_hint')} />
      </>
    );
  return (
    <KindProvider value={kind}>
      <Records key={type} type={type} />
    </KindProvider>
  );
}

function Records({ type }: { type: string }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const labels = useLabels();
  const types = useRecordTypes();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state.view, state.saved);
  const search = useRef<HTMLInputElement>(null);
  const records = usePages<OwnRow>(state);
  const total = useTotal(records.data?.pages[0]);
  // A customer's page sends its customer along.
  const given = (useLocation().state as { customer?: Named } | null)?.customer;
  const [making, setMaking] = useState(given !== undefined);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const rows = records.data?.pages.flatMap((page) => page.items) ?? [];
  const mine = types.data?.items.find((one) => one.slug === type);
  // No fallback is shown, so React does not wait its 300 ms before it takes one away.
  const add = mine?.can.create ? () => startTransition(() => setMaking(true)) : null;
  // Whoever may make one will: its form is fetched while nothing else is.
  const there = add !== null && records.data !== undefined;
  useEffect(() => (there ? whenIdle(() => void drawer()) : undefined), [there]);
  const own = look.columns.map((column) => column.key).filter(isOwn);
  const takesIn = useMe().verbs.some((verb) => verb.startsWith('import.'));
  const imports =
    add && takesIn
      ? [{ key: 'import', label: t('shell.import'), run: () => navigate(`/import?target=${type}`) }]
      : [];
  const board = state.layout === 'board';
  const list = state.layout === 'list';
  const title = capital(words(mine?.label ?? labels.type(type)));
  const plus = add ? (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.8} />} onClick={add}>
      {phone ? null : t('own.new')}
    </Button>
  ) : null;
  return (
    <>
      <TopBar
        title={title}
        action={plus}
        tools={
          <>
            {list ? <SortPicker state={state} /> : null}
            {plus}
          </>
        }
      />
      <ListTools
        state={state}
        look={look}
        set={set}
        again={again}
        total={list ? total : null}
        input={search}
        columns={list}
        more={imports}
        after={<LayoutSwitch state={state} />}
      />
      {state.layout === 'calendar' ? (
        <Suspense fallback={<SkeletonRows rows={6} height={96} />}>
          <RecordCalendar type={type} state={state} />
        </Suspense>
      ) : null}
      {board ? (
        <Suspense fallback={<SkeletonRows rows={6} height={96} />}>
          <RecordBoard type={type} state={state} empty={<Empty state={state} add={add} />} />
        </Suspense>
      ) : null}
      {list ? (
        <div className="list-scroll">
          {records.isPending ? <SkeletonRows rows={10} height={56} /> : null}
          <Trouble query={records} />
          {records.data && rows.length === 0 ? <Empty state={state} add={add} /> : null}
          {rows.length && phone ? (
            <ul>
              {rows.map((row) => (
                <li key={row.id}>
                  <Card row={row} own={own} />
                </li>
              ))}
            </ul>
          ) : null}
          {rows.length && !phone ? (
            <RecordTable
              type={type}
              rows={rows}
              state={state}
              look={look}
              set={set}
              chosen={chosen}
              choose={setChosen}
            />
          ) : null}
          <More query={records} />
        </div>
      ) : null}
      {list ? (
        <BatchBar type={type} ids={[...chosen]} state={state} clear={() => setChosen(new Set())} />
      ) : null}
      <Suspense fallback={null}>
        {making ? (
          <RecordDrawer
            type={type}
            customer={given}
            close={() => setMaking(false)}
            made={(id) => navigate(`/records/${type}/${id}`)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
