import { Button, Popover } from 'antd';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { OfflineError } from '@/api/client';
import { useCustomerViews } from '@/api/queries';
import type { CustomerRow } from '@/api/types';
import { useKeys } from '@/app/keyboard';
import { useOpenLog } from '@/app/log';
import { useCan, useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, OfflineBar } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatClock } from '@/lib/time';
import { rich, t } from '@/locales';
import { BatchBar } from './BatchBar';
import { columnsOf, keepColumns, recallColumns } from './columns';
import { ExportMenu } from './ExportMenu';
import { FilterBar } from './FilterBar';
import { ListCards } from './ListCards';
import { ListMore } from './ListMore';
import { ListTable, useFitting } from './ListTable';
import { type ListState, useListState, useRows } from './list-state';
import { SortPicker } from './SortPicker';
import { Views } from './Views';
import './list.css';

const NewCustomer = lazy(async () => ({ default: (await import('./NewCustomer')).NewCustomer }));
const ColumnSettings = lazy(async () => ({ default: (await import('./ColumnSettings')).ColumnSettings }));

function useSentence(): ReactNode {
  const summary = useCustomerViews().data?.summary;
  if (!summary || summary.week_due + summary.no_next_step === 0) return null;
  const values = { due: summary.week_due, overdue: summary.overdue, none: summary.no_next_step };
  return summary.overdue > 0
    ? rich('customers.summary', values, 'verm')
    : t('customers.summary_calm', values);
}

/** Asks for the next page when the end of the list comes near. */
function More({ more, busy }: { more: () => void; busy: boolean }) {
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  latest.current = more;
  useEffect(() => {
    const node = mark.current;
    if (!node) return;
    const watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && latest.current(),
      {
        rootMargin: '600px',
      },
    );
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={mark} className="list-more">
      <Button type="text" disabled={busy} onClick={more}>
        {busy ? t('common.loading') : t('common.load_more')}
      </Button>
    </div>
  );
}

/** J K move through the rows, Enter opens, L logs. */
function useListKeys(rows: CustomerRow[]) {
  const [current, setCurrent] = useState<number | null>(null);
  const navigate = useNavigate();
  const openLog = useOpenLog();
  useKeys((key, event) => {
    const at = rows.findIndex((row) => row.id === current);
    const name = key.toLowerCase();
    if (name === 'j' || name === 'k') {
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + (name === 'j' ? 1 : -1)))];
      if (!next) return;
      setCurrent(next.id);
      document.getElementById(`customer-${next.id}`)?.scrollIntoView({ block: 'nearest' });
      event.preventDefault();
    }
    if (current === null || at < 0) return;
    const plain = !(event.target instanceof HTMLElement && event.target.closest('button, a'));
    if (key === 'Enter' && plain) navigate(`/customers/${current}`);
    if (name === 'l') openLog({ customerId: current });
  });
  return current;
}

function useSelection(rows: CustomerRow[]) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback(
    (id: number) =>
      setIds((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const all = (on: boolean) => setIds(on ? new Set(rows.map((row) => row.id)) : new Set());
  return { ids, toggle, all, clear: () => setIds(new Set()) };
}

function Empty({ state, create }: { state: ListState; create: (() => void) | null }) {
  const navigate = useNavigate();
  const untouched = state.conditions.length === 0 && !state.q && ['mine', 'all', 'team'].includes(state.view);
  return (
    <EmptyState
      title={untouched ? t('customers.empty_first') : t('customers.empty_title')}
      hint={untouched ? t('customers.empty_first_hint') : t('customers.empty_hint')}
    >
      {untouched ? (
        <>
          <Button onClick={() => navigate('/import')}>{t('shell.import')}</Button>
          {create ? <Button onClick={create}>{t('customers.new')}</Button> : null}
        </>
      ) : (
        <Button onClick={() => state.set({ conditions: [], q: '' })}>{t('customers.filter_clear')}</Button>
      )}
    </EmptyState>
  );
}

export function ListPage() {
  const phone = usePhone();
  const state = useListState();
  const { query, rows, total, capped } = useRows(state);
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState(recallColumns);
  const columns = useFitting(columnsOf(chosen));
  const selection = useSelection(rows);
  const current = useListKeys(rows);
  const sentence = useSentence();
  const mayCreate = useCan('customer.create');
  const mayExport = useMe().verbs.some((verb) => verb.startsWith('export.'));
  const creating = params.get('new') === '1';
  const setCreating = (on: boolean) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (on) next.set('new', '1');
        else next.delete('new');
        return next;
      },
      { replace: true },
    );
  const offline = query.error instanceof OfflineError && rows.length > 0;
  return (
    <>
      <TopBar
        title={t('customers.title')}
        sentence={phone ? null : sentence}
        action={
          mayCreate ? (
            <Button
              type="primary"
              icon={<Plus size={16} strokeWidth={1.6} />}
              onClick={() => setCreating(true)}
            >
              {t('customers.new')}
            </Button>
          ) : null
        }
        tools={
          <>
            {mayCreate ? (
              <button
                type="button"
                className="icon-act"
                aria-label={t('customers.new')}
                onClick={() => setCreating(true)}
              >
                <Plus size={20} strokeWidth={1.6} />
              </button>
            ) : null}
            <SortPicker state={state} />
            <ListMore />
          </>
        }
      />
      <Views state={state} />
      <div className="list-tools">
        <FilterBar conditions={state.conditions} set={(conditions) => state.set({ conditions })} />
        {total === null ? null : (
          <span className="second list-total">
            {t(capped ? 'customers.total_capped' : 'customers.total', { n: total })}
          </span>
        )}
        {phone ? null : (
          <>
            {mayExport ? <ExportMenu state={state} /> : null}
            <Popover
              trigger="click"
              placement="bottomRight"
              arrow={false}
              content={
                <Suspense fallback={<div className="column-settings" />}>
                  <ColumnSettings
                    chosen={chosen}
                    set={(next) => {
                      setChosen(next);
                      keepColumns(next);
                    }}
                  />
                </Suspense>
              }
            >
              <button
                type="button"
                className="icon-act"
                aria-label={t('customers.columns')}
                title={t('customers.columns')}
              >
                <SlidersHorizontal size={16} strokeWidth={1.6} />
              </button>
            </Popover>
            <ListMore />
          </>
        )}
      </div>
      <div className="list-scroll">
        {offline ? (
          <OfflineBar retry={() => void query.refetch()}>
            {t('common.offline_list', { time: formatClock(new Date(query.dataUpdatedAt)) })}
          </OfflineBar>
        ) : null}
        {query.isPending ? <SkeletonRows rows={10} height={55} /> : null}
        {query.error && !offline ? (
          <ErrorState failure={query.error} retry={() => void query.refetch()} />
        ) : null}
        {query.data && rows.length === 0 ? (
          <Empty state={state} create={mayCreate ? () => setCreating(true) : null} />
        ) : null}
        {rows.length > 0 && phone ? <ListCards rows={rows} /> : null}
        {rows.length > 0 && !phone ? (
          <ListTable
            rows={rows}
            columns={columns}
            state={state}
            selection={selection}
            current={current}
            fading={query.isPlaceholderData}
          />
        ) : null}
        {query.hasNextPage && rows.length > 0 ? (
          <More more={() => void query.fetchNextPage()} busy={query.isFetchingNextPage} />
        ) : null}
      </div>
      {phone ? null : <BatchBar ids={[...selection.ids]} state={state} clear={selection.clear} />}
      <Suspense fallback={null}>
        {creating && mayCreate ? <NewCustomer close={() => setCreating(false)} /> : null}
      </Suspense>
    </>
  );
}
