import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { keys } from '@/api/queries';
import type { AgendaItem, Page } from '@/api/types';
import { useSells } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { ReviewStrip } from '@/components/ReviewStrip';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { useLabels } from '@/lib/options';
import { todoKey } from '@/lib/todo';
import { useHidden } from '@/lib/undo';
import { type Key, t } from '@/locales';
import { type Group, grouped } from './groups';
import { useRowKeys } from './row-keys';
import { TodoRow } from './TodoRow';
import './agenda.css';

const NewTodo = lazy(async () => ({ default: (await import('./NewTodo')).NewTodo }));

const WHICH = ['mine', 'asked', 'department', 'team', 'done'] as const;
type Which = (typeof WHICH)[number];

function useAgenda(which: Which) {
  return useInfiniteQuery({
    queryKey: [...keys.agenda, which],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<Page<AgendaItem>>('/agenda', {
        query: {
          state: which === 'done' ? 'done' : 'open',
          owner: which === 'mine' || which === 'done' ? 'me' : which,
          cursor: pageParam,
        },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

const GROUP_WORDS: Record<Group, Key> = {
  overdue: 'desk.group_overdue',
  today: 'desk.group_today',
  tomorrow: 'desk.group_tomorrow',
  later: 'desk.group_later',
};

/** Whose a to-do is, where the list is not mine alone. */
function whoseOf(item: AgendaItem, which: Which): string {
  if (which === 'team') return item.owner?.name ?? '';
  return which === 'department' ? (item.department?.name ?? '') : '';
}

function Rows({
  rows,
  which,
  more,
  keys,
}: {
  rows: AgendaItem[];
  which: Which;
  more: boolean;
  keys: ReturnType<typeof useRowKeys>;
}) {
  const labels = useLabels();
  const row = (item: AgendaItem, place: Group | 'done') => (
    <TodoRow
      key={item.id}
      item={item}
      place={place}
      whose={whoseOf(item, which)}
      labels={labels}
      chosen={keys.chosen === item.id}
      moving={keys.moving === item.id}
      setMoving={(open) => keys.setMoving(open ? item.id : null)}
    />
  );
  if (which === 'done') return <ul>{rows.map((item) => row(item, 'done'))}</ul>;
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

/** Every open to-do by its deadline; the team's for those who may see it. */
export function AgendaPage() {
  const phone = usePhone();
  const leads = !useSells();
  const [params, setParams] = useSearchParams();
  const asked = params.get('who') as Which | null;
  const which = asked && WHICH.includes(asked) ? asked : 'mine';
  const setWhich = (who: Which) => setParams({ who }, { replace: true });
  const [adding, setAdding] = useState(params.has('new'));
  const close = () => {
    setAdding(false);
    if (params.has('new')) setParams(asked ? { who: asked } : {}, { replace: true });
  };
  const agenda = useAgenda(which);
  const hidden = useHidden();
  const rows = (agenda.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (item) => !hidden.has(todoKey(item)),
  );
  const rowKeys = useRowKeys(rows, which !== 'done');
  const options: { value: Which; label: string }[] = [
    { value: 'mine', label: t('desk.agenda_mine') },
    // Where the desk leads when colleagues wait; not always in the way.
    ...(which === 'asked' ? [{ value: which, label: t('desk.agenda_asked') }] : []),
    ...(which === 'department' ? [{ value: which, label: t('desk.agenda_department') }] : []),
    ...(leads ? [{ value: 'team' as const, label: t('desk.agenda_team') }] : []),
    { value: 'done', label: t('desk.agenda_done') },
  ];
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
          <button
            type="button"
            className="icon-act"
            aria-label={t('desk.new_todo')}
            onClick={() => setAdding(true)}
          >
            <Plus size={20} strokeWidth={1.6} />
          </button>
        }
      />
      <div className="agenda-bar">
        <Segmented<Which> value={which} onChange={setWhich} options={options} />
        <ReviewStrip />
      </div>
      <div className={phone ? 'agenda' : 'agenda sheet'}>
        {agenda.isPending ? <SkeletonRows rows={8} /> : null}
        <Trouble query={agenda} />
        {agenda.data && rows.length === 0 ? (
          <EmptyState
            title={which === 'done' ? t('desk.agenda_done_empty') : t('desk.agenda_empty')}
            hint={which === 'done' ? undefined : t('desk.agenda_empty_hint')}
          />
        ) : null}
        <Rows rows={rows} which={which} more={agenda.hasNextPage} keys={rowKeys} />
        <More query={agenda} />
      </div>
      <Suspense fallback={null}>{adding ? <NewTodo close={close} /> : null}</Suspense>
    </>
  );
}
