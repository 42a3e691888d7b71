import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { type TimelineKind, timelineOf } from '@/api/customers';
import { keys, refreshWork } from '@/api/queries';
import type { AgendaItem, CustomerPageData } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { Comments } from '@/components/CommentThread';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { Moving } from '@/components/MoveMenu';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { VersionsButton } from '@/components/versions/VersionsButton';
import { needsRecord } from '@/lib/act';
import { formatDue, now } from '@/lib/time';
import { finishTodo, moveTodo, todoKey } from '@/lib/todo';
import { useHidden } from '@/lib/undo';
import { t } from '@/locales';
import { SinceBlock } from './SinceBlock';
import { TimelineRow } from './TimelineRow';
import { weave } from './timeline-view';

const KINDS: TimelineKind[] = ['all', 'followup', 'comment', 'file', 'change'];

function Task({ item, customerId }: { item: AgendaItem; customerId: number }) {
  const openLog = useOpenLog();
  const [moving, setMoving] = useState(false);
  const hidden = useHidden();
  if (hidden.has(todoKey(item))) return null;
  const todo = { ...item, customer: { id: customerId } };
  const done = () => {
    if (needsRecord(item.act)) {
      openLog({ customerId, agendaId: item.id });
      return;
    }
    finishTodo(todo);
  };
  const over = Boolean(item.overdue);
  return (
    <li className="tl-row" data-kind="todo" data-over={over || undefined}>
      <span className="tl-when">
        <b>{t('page.todo')}</b>
      </span>
      <span className="tl-mark">
        <CalendarClock size={15} strokeWidth={1.6} aria-hidden="true" />
      </span>
      <div className="tl-body">
        <p>
          <b>{item.act}</b>{' '}
          <span className={over ? 'verm tl-due' : 'second'}>
            {formatDue(item.due_at, item.precision, over)}
          </span>
        </p>
        <p className="meta">{[item.owner?.name, item.goal].filter(Boolean).join(' · ')}</p>
      </div>
      <span className="tl-acts">
        <button type="button" className="act" onClick={done}>
          {t('desk.done')}
        </button>
        <Moving
          item={item}
          open={moving}
          setOpen={setMoving}
          choose={(to) => {
            setMoving(false);
            moveTodo(todo, to);
          }}
        >
          <button type="button" className="act" aria-expanded={moving}>
            {t('desk.reschedule')}
          </button>
        </Moving>
      </span>
    </li>
  );
}

function countOf(page: CustomerPageData, kind: TimelineKind): number {
  const { counts } = page;
  return {
    all: counts.all,
    followup: counts.followups,
    comment: counts.comments,
    file: counts.files,
    change: counts.changes,
  }[kind];
}

/** One line of everything that happened, open to-dos on top, silence drawn. */
export function Timeline({ page, cadence }: { page: CustomerPageData; cadence: number | null }) {
  const { id, intent_class: level } = page.customer;
  const [kind, setKind] = useState<TimelineKind>('all');
  const line = useInfiniteQuery({
    queryKey: [...keys.customer(id), 'timeline', kind],
    queryFn: ({ pageParam }) => timelineOf(id, kind, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    initialData: kind === 'all' ? { pages: [page.timeline], pageParams: [''] } : undefined,
    staleTime: 30_000,
  });
  const items = line.data?.pages.flatMap((one) => one.items) ?? [];
  const whole = kind === 'all' || kind === 'followup';
  const rows = weave(items, whole ? cadence : null, now());
  return (
    <section className="tl">
      <Tabs
        className="tl-tabs"
        each=""
        value={kind}
        onChange={setKind}
        choices={KINDS.map((one) => ({
          key: one,
          label: (
            <>
              {t(`page.kind_${one}`)} <span className="meta">{countOf(page, one)}</span>
            </>
          ),
        }))}
      />
      <Trouble query={line} />
      {line.isPending ? <SkeletonRows rows={5} /> : null}
      {kind === 'change' ? (
        <p className="tl-versions">
          <VersionsButton
            type="customer"
            id={page.customer.id}
            name={page.customer.name}
            changed={() => refreshWork(page.customer.id)}
          >
            {t('versions.list')}
          </VersionsButton>
        </p>
      ) : null}
      {kind === 'all' ? <SinceBlock id={id} /> : null}
      {kind === 'comment' ? <Comments threads={[]} about={id} can={Boolean(page.can.comment)} /> : null}
      <ol className="tl-list">
        {whole ? page.agenda.map((item) => <Task key={item.id} item={item} customerId={id} />) : null}
        {rows.map((row) =>
          row.kind === 'item' ? (
            <TimelineRow
              key={row.key}
              item={row.item}
              customerId={id}
              canComment={Boolean(page.can.comment)}
            />
          ) : (
            <li className="tl-row" data-kind="silence" key={row.key}>
              <span />
              <span className="tl-mark" />
              <p className="tl-body amber">
                {t(row.now ? 'page.silent_now' : 'page.silent', { n: row.days })}
                {t('page.silent_allowed', { c: level ?? '', n: cadence ?? 0 })}
              </p>
            </li>
          ),
        )}
      </ol>
      {line.data && !items.length && !page.agenda.length ? (
        <p className="tl-none second">{t('page.nothing')}</p>
      ) : null}
      <More query={line} label={t('page.earlier')} />
    </section>
  );
}
