import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { Check, ChevronRight, Plus, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { keys, refreshWork } from '@/api/queries';
import type { AgendaItem, Page } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { useSells } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { ClassBadge } from '@/components/ClassBadge';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { ReviewStrip } from '@/components/ReviewStrip';
import { SkeletonRows } from '@/components/Skeletons';
import { needsRecord } from '@/lib/act';
import { usePhone } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatDue, formatWhen, isOverdue } from '@/lib/time';
import { doWithUndo, useHidden } from '@/lib/undo';
import { t } from '@/locales';
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

function finish(item: AgendaItem): void {
  doWithUndo(
    {
      key: `a${item.id}`,
      text: t('desk.done_toast', { act: item.act }),
      commit: async () => {
        await api.post(`/agenda/${item.id}/done`, { version: item.version }, { keepalive: true });
        refreshWork(item.customer?.id);
      },
    },
    (failure) => {
      sayFailure(failure);
      refreshWork(item.customer?.id);
    },
  );
}

async function reopen(item: AgendaItem): Promise<void> {
  try {
    await api.post(`/agenda/${item.id}/reopen`, { version: item.version });
  } catch (failure) {
    sayFailure(failure);
  }
  refreshWork(item.customer?.id);
}

const VERDICTS: Record<string, string> = { review: 'records', check_file: 'files', peer_check: 'peers' };

/** Where an item is settled that no tick can close: a verdict, or mending what came back. */
function settledAt(item: AgendaItem): string | null {
  const which = VERDICTS[item.kind ?? ''];
  if (which) return `/reviews?which=${which}`;
  return item.kind === 'mend' && item.source ? `/reviews/mend/${item.source.id}` : null;
}

function Row({ item, which }: { item: AgendaItem; which: Which }) {
  const openLog = useOpenLog();
  const overdue = which !== 'done' && isOverdue(item.due_at);
  const elsewhere = settledAt(item);
  const done = () => {
    if (item.customer && needsRecord(item.act)) openLog({ customerId: item.customer.id, agendaId: item.id });
    else finish(item);
  };
  return (
    <li className="todo">
      <span className={overdue ? 'todo-when verm' : 'todo-when'}>
        {which === 'done' && item.done_at
          ? formatWhen(item.done_at)
          : formatDue(item.due_at, item.precision, overdue)}
      </span>
      <span className="todo-what">
        <b className="cut" title={item.act}>
          {item.act}
        </b>
        <span className="todo-who second cut">
          {item.customer ? (
            <>
              <Link to={`/customers/${item.customer.id}`}>{shortFirm(item.customer.name)}</Link>{' '}
              <ClassBadge value={item.customer.intent_class} />
            </>
          ) : (
            t('desk.no_customer')
          )}
          {which === 'team' && item.owner ? ` · ${item.owner.name}` : ''}
          {which === 'department' && item.department ? ` · ${item.department.name}` : ''}
        </span>
      </span>
      {elsewhere ? (
        which === 'done' ? null : (
          <Link to={elsewhere} className="icon-act" aria-label={item.act}>
            <ChevronRight size={18} strokeWidth={1.6} />
          </Link>
        )
      ) : which === 'done' ? (
        <button
          type="button"
          className="icon-act"
          aria-label={`${t('desk.reopen')}：${item.act}`}
          title={t('desk.reopen')}
          onClick={() => void reopen(item)}
        >
          <RotateCcw size={17} strokeWidth={1.6} />
        </button>
      ) : (
        <button
          type="button"
          className="icon-act"
          aria-label={`${t('desk.done')}：${item.act}`}
          title={t('desk.done')}
          onClick={done}
        >
          <Check size={18} strokeWidth={1.6} />
        </button>
      )}
    </li>
  );
}

/** Every open to-do by its deadline; the team's for those who may see it. */
export function AgendaPage() {
  const phone = usePhone();
  const leads = !useSells();
  const [params, setParams] = useSearchParams();
  const asked = params.get('who') as Which | null;
  const which = asked && WHICH.includes(asked) ? asked : 'mine';
  const setWhich = (who: Which) => setParams({ who }, { replace: true });
  const [adding, setAdding] = useState(false);
  const agenda = useAgenda(which);
  const hidden = useHidden();
  const rows = (agenda.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (item) => !hidden.has(`a${item.id}`),
  );
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
        {agenda.error ? <ErrorState failure={agenda.error} retry={() => void agenda.refetch()} /> : null}
        {agenda.data && rows.length === 0 ? (
          <EmptyState
            title={which === 'done' ? t('desk.agenda_done_empty') : t('desk.agenda_empty')}
            hint={which === 'done' ? undefined : t('desk.agenda_empty_hint')}
          />
        ) : null}
        <ul>
          {rows.map((item) => (
            <Row key={item.id} item={item} which={which} />
          ))}
        </ul>
        {agenda.hasNextPage ? (
          <Button
            type="text"
            block
            disabled={agenda.isFetchingNextPage}
            onClick={() => void agenda.fetchNextPage()}
          >
            {t('common.load_more')}
          </Button>
        ) : null}
      </div>
      <Suspense fallback={null}>{adding ? <NewTodo close={() => setAdding(false)} /> : null}</Suspense>
    </>
  );
}
