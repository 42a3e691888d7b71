import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AgendaItem } from '@/api/types';
import { useMe } from '@/app/session';
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
import { ReviewStrip } from '@/components/ReviewStrip';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { useLabels } from '@/lib/options';
import { todoKey } from '@/lib/todo';
import { useHidden } from '@/lib/undo';
import { type Key, t } from '@/locales';
import { type Group, grouped, groupOf } from './groups';
import { TODOS } from './kind';
import { useRowKeys } from './row-keys';
import { TodoRow } from './TodoRow';
import './agenda.css';

const NewTodo = lazy(async () => ({ default: (await import('./NewTodo')).NewTodo }));

const GROUP_WORDS: Record<Group, Key> = {
  overdue: 'desk.group_overdue',
  today: 'desk.group_today',
  tomorrow: 'desk.group_tomorrow',
  later: 'desk.group_later',
};

/** Whose a to-do is, where the list is not mine alone. */
function useWhose(base: string) {
  const me = useMe().member.id;
  return (item: AgendaItem): string => {
    if (base === 'department') return item.department?.name ?? '';
    return item.owner && item.owner.id !== me ? item.owner.name : '';
  };
}

function Rows({
  rows,
  base,
  grouping,
  more,
  keys,
}: {
  rows: AgendaItem[];
  base: string;
  /** By days, where the list runs from the next to the last. */
  grouping: boolean;
  more: boolean;
  keys: ReturnType<typeof useRowKeys>;
}) {
  const labels = useLabels();
  const whose = useWhose(base);
  const row = (item: AgendaItem, place: Group | 'done') => (
    <TodoRow
      key={item.id}
      item={item}
      place={place}
      whose={whose(item)}
      labels={labels}
      chosen={keys.chosen === item.id}
      moving={keys.moving === item.id}
      setMoving={(open) => keys.setMoving(open ? item.id : null)}
    />
  );
  if (!grouping)
    return <ul>{rows.map((item) => row(item, item.state === 'done' ? 'done' : groupOf(item)))}</ul>;
  const groups = grouped(rows);
  return groups.map(({ group, items }, at) => (
    <section key={group}>
      <h2 className="todo-group" data-group={group}>
        <span className="todo-dot" aria-hidden="true" />
        {t(GROUP_WORDS[group])}
        <span className="todo-count">
          {items.length}
          {/* The next page may belong to this group. */}
          {more && at === groups.length - 1 ? '+' : ''}
        </span>
      </h2>
      <ul>{items.map((item) => row(item, group))}</ul>
    </section>
  ));
}

/** The to-dos by their deadline, under the tabs of their views. */
export function AgendaPage() {
  return (
    <KindProvider value={TODOS}>
      <Agenda />
    </KindProvider>
  );
}

function Empty({ state, done }: { state: ListState; done: boolean }) {
  const untouched = state.nodes.length === 0 && !state.q && !state.saved;
  if (!untouched)
    return (
      <EmptyState title={t('desk.agenda_none')}>
        <Button onClick={() => state.set({ nodes: [], q: '' })}>{t('customers.filter_clear')}</Button>
      </EmptyState>
    );
  return (
    <EmptyState
      title={done ? t('desk.agenda_done_empty') : t('desk.agenda_empty')}
      hint={done ? undefined : t('desk.agenda_empty_hint')}
    />
  );
}

/** The dialog for a new one, which an address may open. */
function useAdding(): [boolean, (on: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(params.has('new'));
  const set = (on: boolean) => {
    setAdding(on);
    if (on || !params.has('new')) return;
    const next = new URLSearchParams(params);
    next.delete('new');
    setParams(next, { replace: true });
  };
  return [adding, set];
}

function Agenda() {
  const phone = usePhone();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state.view, state.saved);
  const search = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useAdding();
  const agenda = usePages<AgendaItem>(state);
  const total = useTotal(agenda.data?.pages[0]);
  const hidden = useHidden();
  const rows = (agenda.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (item) => !hidden.has(todoKey(item)),
  );
  const base = state.saved ? state.saved.base : state.view;
  const done = base === 'done';
  const rowKeys = useRowKeys(rows, !done);
  return (
    <>
      <TopBar
        title={t('desk.agenda_title')}
        action={
          <Button icon={<Plus size={16} strokeWidth={1.6} />} onClick={() => setAdding(true)}>
            {t('desk.new_todo')}
          </Button>
        }
        tools={
          <>
            <button
              type="button"
              className="icon-act"
              aria-label={t('desk.new_todo')}
              onClick={() => setAdding(true)}
            >
              <Plus size={20} strokeWidth={1.6} />
            </button>
            <SortPicker state={state} />
          </>
        }
      />
      <ListTools
        state={state}
        look={look}
        set={set}
        again={again}
        total={total}
        input={search}
        before={<SortPicker state={state} />}
        after={<ReviewStrip />}
      />
      <div className={phone ? 'agenda' : 'agenda sheet'}>
        {agenda.isPending ? <SkeletonRows rows={8} /> : null}
        <Trouble query={agenda} />
        {agenda.data && rows.length === 0 ? <Empty state={state} done={done} /> : null}
        <Rows
          rows={rows}
          base={base}
          grouping={Boolean(base) && !done && state.sort === 'due_at'}
          more={agenda.hasNextPage}
          keys={rowKeys}
        />
        <More query={agenda} />
      </div>
      <Suspense fallback={null}>{adding ? <NewTodo close={() => setAdding(false)} /> : null}</Suspense>
    </>
  );
}
