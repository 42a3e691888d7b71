import { Button } from 'antd';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { FollowUpItem } from '@/api/types';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { KindProvider } from '@/components/list/kind';
import { ListTools, useTotal } from '@/components/list/ListTools';
import { type ListState, useListState } from '@/components/list/list-state';
import { useLook } from '@/components/list/look';
import { SortPicker } from '@/components/list/SortPicker';
import { useKnownView } from '@/components/list/use-known-view';
import { usePages } from '@/components/list/use-pages';
import { More } from '@/components/More';
import { OwnWords } from '@/components/OwnWords';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Said, Score, State } from './columns';
import { RECORDS } from './kind';
import { RecordTable } from './RecordTable';
import '@/components/list/table.css';
import './records.css';

function Card({ row, own }: { row: FollowUpItem; own: readonly string[] }) {
  const labels = useLabels();
  const facts = [labels.label('channel', row.channel), row.contacted_by?.name, row.late && t('record.late')];
  return (
    <Link to={`/followups/${row.id}`} className="list-card record-card">
      <span className="card-line">
        <span className="cut card-title">{shortFirm(row.customer.name)}</span>
        <span className="second">{row.contact_at ? formatWhen(row.contact_at, row.precision) : ''}</span>
      </span>
      <Said row={row} labels={labels} />
      {own.length ? <OwnWords record="followup" row={row} labels={labels} keys={own} /> : null}
      <span className="card-line card-foot">
        <span className="cut second">{facts.filter(Boolean).join(' · ')}</span>
        <span className="record-marks">
          <State row={row} labels={labels} />
          <Score row={row} />
        </span>
      </span>
    </Link>
  );
}

function Empty({ state }: { state: ListState }) {
  const untouched = state.nodes.length === 0 && !state.q && !state.saved;
  return (
    <EmptyState
      title={t(untouched ? 'records.empty' : 'records.empty_filter')}
      hint={untouched ? t('records.empty_hint') : undefined}
    >
      {untouched ? null : (
        <Button onClick={() => state.set({ nodes: [], q: '' })}>{t('customers.filter_clear')}</Button>
      )}
    </EmptyState>
  );
}

/** Every record one may see, newest contact first, under the tabs of its views. */
export function RecordsPage() {
  return (
    <KindProvider value={RECORDS}>
      <Records />
    </KindProvider>
  );
}

function Records() {
  const phone = usePhone();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state.view, state.saved);
  const search = useRef<HTMLInputElement>(null);
  const records = usePages<FollowUpItem>(state);
  const total = useTotal(records.data?.pages[0]);
  const own = look.columns.map((column) => column.key).filter(isOwn);
  const rows = records.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TopBar title={t('records.title')} tools={<SortPicker state={state} />} />
      <ListTools state={state} look={look} set={set} again={again} total={total} input={search} />
      <div className="list-scroll">
        {records.isPending ? <SkeletonRows rows={10} height={56} /> : null}
        <Trouble query={records} />
        {records.data && rows.length === 0 ? <Empty state={state} /> : null}
        {rows.length && phone ? (
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <Card row={row} own={own} />
              </li>
            ))}
          </ul>
        ) : null}
        {rows.length && !phone ? <RecordTable rows={rows} state={state} look={look} set={set} /> : null}
        <More query={records} />
      </div>
    </>
  );
}
