import { Button } from 'antd';
import { lazy, Suspense, useRef } from 'react';
import { Link } from 'react-router';
import type { DealRow } from '@/api/deals';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { KindProvider } from '@/components/list/kind';
import { LayoutSwitch } from '@/components/list/LayoutSwitch';
import { ListTools, useTotal } from '@/components/list/ListTools';
import { type ListState, useListState } from '@/components/list/list-state';
import { useLook } from '@/components/list/look';
import { SortPicker } from '@/components/list/SortPicker';
import { useKnownView } from '@/components/list/use-known-view';
import { usePages } from '@/components/list/use-pages';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { DEAL_LIST, Standing } from './columns';
import { DealTable } from './DealTable';
import { DealTabs } from './DealTabs';
import '@/components/list/table.css';
import './deals.css';

const DealBoard = lazy(async () => ({ default: (await import('./DealBoard')).DealBoard }));

function Card({ row }: { row: DealRow }) {
  const labels = useLabels();
  return (
    <Link to={`/deals/${row.id}`} className="list-card deal-card">
      <span className="card-line">
        <span className="cut card-title">{row.title}</span>
        <b>{formatMoney(row.amount, row.currency)}</b>
      </span>
      <span className="cut second">{shortFirm(row.customer.name)}</span>
      <span className="card-line card-foot">
        <Standing row={row} labels={labels} />
        <span className={row.late ? 'verm' : 'meta'}>
          {[row.owner?.name, formatDay(row.expected_close)].filter(Boolean).join(' · ')}
        </span>
      </span>
    </Link>
  );
}

function Empty({ state }: { state: ListState }) {
  const untouched = state.nodes.length === 0 && !state.q && !state.saved;
  return (
    <EmptyState
      title={t(untouched ? 'deals.empty' : 'deals.empty_filter')}
      hint={untouched ? t('deals.empty_hint') : undefined}
    >
      {untouched ? null : (
        <Button onClick={() => state.set({ nodes: [], q: '' })}>{t('customers.filter_clear')}</Button>
      )}
    </EmptyState>
  );
}

/** 商机: what may be bought, under the tabs of its views; a list, or a board by stage with its sums. */
export function DealsPage() {
  return (
    <KindProvider value={DEAL_LIST}>
      <Deals />
    </KindProvider>
  );
}

function Deals() {
  const phone = usePhone();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state.view, state.saved);
  const search = useRef<HTMLInputElement>(null);
  const deals = usePages<DealRow>(state);
  const total = useTotal(deals.data?.pages[0]);
  const rows = deals.data?.pages.flatMap((page) => page.items) ?? [];
  const list = state.layout === 'list';
  return (
    <>
      <TopBar
        title={t('deals.title')}
        tabs={phone ? undefined : <DealTabs />}
        tools={list ? <SortPicker state={state} /> : null}
      />
      <ListTools
        state={state}
        look={look}
        set={set}
        again={again}
        total={list ? total : null}
        input={search}
        columns={list}
        after={<LayoutSwitch state={state} />}
      />
      {list ? (
        <div className="list-scroll">
          {deals.isPending ? <SkeletonRows rows={10} height={56} /> : null}
          <Trouble query={deals} />
          {deals.data && rows.length === 0 ? <Empty state={state} /> : null}
          {rows.length && phone ? (
            <ul>
              {rows.map((row) => (
                <li key={row.id}>
                  <Card row={row} />
                </li>
              ))}
            </ul>
          ) : null}
          {rows.length && !phone ? <DealTable rows={rows} state={state} look={look} set={set} /> : null}
          <More query={deals} />
        </div>
      ) : (
        <Suspense fallback={<SkeletonRows rows={6} height={96} />}>
          <DealBoard state={state} empty={<Empty state={state} />} />
        </Suspense>
      )}
    </>
  );
}
