import { Button, Popover } from 'antd';
import { PenLine } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { keep } from '@/api/keep';
import { useToday } from '@/api/queries';
import type { DeskItem, DeskToday } from '@/api/types';
import { useKeys } from '@/app/keyboard';
import { useOpenLog } from '@/app/log';
import { usePalette } from '@/app/palette-context';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { ErrorState, OfflineBar } from '@/components/ErrorState';
import { FirstDays } from '@/components/FirstDays';
import { FIXED, requestAt, takeOver } from '@/components/ownership/settle';
import { needsRecord } from '@/lib/act';
import { useMedia, usePhone } from '@/lib/media';
import { moveDays, movedTo } from '@/lib/moving';
import { say, sayFailure } from '@/lib/notify';
import { recall, remember } from '@/lib/store';
import { formatClock, formatDateHead, now, wallOf } from '@/lib/time';
import { rich, t } from '@/locales';
import { finish, reschedule, rowKey } from './actions';
import { DeskList } from './DeskList';
import { DeskSkeleton } from './DeskSkeleton';
import { type DeskView, type Filter, useDeskView } from './desk-view';
import { EmptyToday } from './EmptyToday';
import { Prompt } from './Prompt';
import type { RowVerbs } from './RowActions';
import { WeekColumn } from './WeekColumn';
import './today.css';
import './week.css';

interface Kept {
  at: string;
  member: number;
  data: DeskToday;
}

/** The list for when the server cannot be reached: the last one read on this device, without phone numbers. */
function useKept(): { data: DeskToday | undefined; at: string | null; failure: unknown; retry: () => void } {
  const { member } = useMe();
  const today = useToday();
  useEffect(() => {
    if (!today.data) return;
    const groups = today.data.groups.map((group) => ({
      ...group,
      items: group.items.map((item) => ({
        ...item,
        contact: item.contact && { ...item.contact, phone: null },
      })),
    }));
    remember('today', { at: now().toISOString(), member: member.id, data: { ...today.data, groups } });
  }, [today.data, member.id]);
  const kept = today.error && !today.data ? recall<Kept>('today') : null;
  const usable = kept?.member === member.id ? kept : null;
  const at = today.error && today.data ? new Date(today.dataUpdatedAt).toISOString() : (usable?.at ?? null);
  return {
    data: today.data ?? usable?.data,
    at,
    failure: today.error,
    retry: () => void today.refetch(),
  };
}

function sentenceFor(
  data: DeskToday | undefined,
  view: DeskView,
  offlineAt: string | null,
  phone: boolean,
): ReactNode {
  // An old list says its hour in the line above it.
  if (offlineAt) return null;
  if (!data) return t('desk.reading');
  if (view.done) return data.week.records > 0 || view.ahead.length > 0 ? t('desk.headline_done') : null;
  if (phone) {
    return (
      <>
        {t('desk.count_phone', { total: view.total })}
        {view.overdue > 0 ? ' · ' : ''}
        {view.overdue > 0 ? <b className="verm">{t('desk.overdue_phone', { n: view.overdue })}</b> : null}
      </>
    );
  }
  const values = { total: view.total, overdue: view.overdue, minutes: data.headline.minutes };
  return view.overdue > 0 ? rich('desk.headline', values, 'verm') : t('desk.headline_calm', values);
}

function todayIso(): string {
  const wall = wallOf(now());
  return `${wall.year}-${wall.month}-${wall.day}`;
}

/** J K move, Enter opens, L logs, E closes, H then 1 2 3 moves to another day. */
function useDeskKeys(
  view: DeskView,
  chosen: string | null,
  choose: (key: string) => void,
  verbsOf: (item: DeskItem) => RowVerbs,
) {
  const navigate = useNavigate();
  const { org } = useMe();
  useKeys((key, event) => {
    const at = view.rows.findIndex((row) => rowKey(row.item) === chosen);
    const item = view.rows[at]?.item;
    const step = (to: number) => {
      const next = view.rows[Math.min(view.rows.length - 1, Math.max(0, to))];
      if (next) choose(rowKey(next.item));
      event.preventDefault();
    };
    const name = key.toLowerCase();
    if (name === 'j' || key === 'ArrowDown') return step(at + 1);
    if (name === 'k' || key === 'ArrowUp') return step(at - 1);
    if (!item) return;
    const verbs = verbsOf(item);
    const plain = !(event.target instanceof HTMLElement && event.target.closest('button, a'));
    if (key === 'Enter' && plain && item.customer) navigate(`/customers/${item.customer.id}`);
    if (name === 'l') verbs.log();
    if (name === 'e') verbs.done();
    if (name === 'h' && !FIXED.has(item.kind)) verbs.setMoving(true);
    if (verbs.moving && ['1', '2', '3'].includes(key)) {
      verbs.move(movedTo(item, moveDays()[Number(key) - 1] ?? 1, org.closing_time));
    }
    if (verbs.moving && key === 'Escape') verbs.setMoving(false);
  });
}

/** Kinds of to-dos that an answer on the customer's page closes. */
const ANSWERED = new Set(['help', 'objection', 'complaint', 'complaint_ask', 'survey', 'handover']);

export function TodayPage() {
  const phone = usePhone();
  const wide = useMedia('(min-width: 1360px)');
  const { data, at: offlineAt, failure, retry } = useKept();
  const [filter, setFilter] = useState<Filter>('all');
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const [moving, setMoving] = useState<string | null>(null);
  const view = useDeskView(data, filter);
  const openLog = useOpenLog();
  const palette = usePalette();
  const firstKey = view.rows[0] ? rowKey(view.rows[0].item) : null;
  const stands = picked === null || view.rows.some((row) => rowKey(row.item) === picked);
  const chosen = picked !== undefined && stands ? picked : firstKey;

  const log = (item: DeskItem) => {
    if (item.customer) openLog({ customerId: item.customer.id, agendaId: item.id });
  };
  const navigate = useNavigate();
  const { member } = useMe();
  const putAway = () => {
    keep({ guided: true })
      .then(() => say(t('desk.first_away')))
      .catch(sayFailure);
  };
  // What came back is mended where its reasons stand.
  const mend = () => navigate('/reviews?which=returned');
  const answer = (item: DeskItem) => {
    if (item.kind === 'objection' && item.customer) navigate(`/customers/${item.customer.id}#objections`);
    else if (item.kind.startsWith('complaint') && item.customer)
      navigate(`/customers/${item.customer.id}#complaints`);
    else if (item.kind === 'survey' && item.customer) navigate(`/customers/${item.customer.id}#satisfaction`);
    else if (item.kind === 'handover' && item.source_id) navigate(`/handovers/${item.source_id}`);
    else if (item.source_id) navigate(requestAt(item.source_id));
  };
  const verbsOf = (item: DeskItem): RowVerbs => ({
    log: () => (item.kind === 'mend' ? mend() : ANSWERED.has(item.kind) ? answer(item) : log(item)),
    // A contact without a record is not done: it opens the form instead.
    done: () =>
      item.kind === 'mend'
        ? mend()
        : ANSWERED.has(item.kind)
          ? answer(item)
          : item.kind === 'takeup' && item.customer
            ? void takeOver(item.customer.id)
            : item.customer && (item.id === null || needsRecord(item.act))
              ? log(item)
              : finish(item),
    move: (to) => {
      setMoving(null);
      reschedule(item, to);
    },
    moving: moving === rowKey(item),
    setMoving: (open) => setMoving(open ? rowKey(item) : null),
  });
  useDeskKeys(view, chosen, setPicked, verbsOf);

  const action = (
    <Button icon={<PenLine size={15} strokeWidth={1.6} />} onClick={() => palette('log')}>
      {t('common.log')}
    </Button>
  );
  return (
    <>
      <TopBar
        bell
        title={formatDateHead(data?.date ?? todayIso(), undefined, phone)}
        sentence={sentenceFor(data, view, offlineAt, phone)}
        action={
          wide || !data ? (
            action
          ) : (
            <>
              <Popover
                trigger="click"
                placement="bottomRight"
                arrow={false}
                content={<WeekColumn data={data} />}
              >
                <Button>{t('desk.week_button')}</Button>
              </Popover>
              {action}
            </>
          )
        }
      />
      <div className="today">
        <div className="today-main">
          {offlineAt ? (
            <OfflineBar failure={failure} retry={retry}>
              {t('common.offline_list', { time: formatClock(offlineAt) })}
            </OfflineBar>
          ) : null}
          {data?.prompt && !offlineAt ? <Prompt prompt={data.prompt} /> : null}
          {data && !member.guided && !offlineAt ? (
            <div className="first-brief">
              <FirstDays putAway={putAway} />
            </div>
          ) : null}
          <div className={phone ? 'today-flow' : 'today-sheet'}>
            {!data && failure ? <ErrorState failure={failure} retry={retry} /> : null}
            {!data && !failure ? <DeskSkeleton /> : null}
            {data && view.done ? <EmptyToday data={data} ahead={view.ahead} log={log} /> : null}
            {data && !view.done ? (
              <DeskList
                view={view}
                filter={filter}
                setFilter={setFilter}
                chosen={chosen}
                choose={setPicked}
                verbsOf={verbsOf}
                phone={phone}
              />
            ) : null}
          </div>
          {phone && data ? (
            <div className="today-phone-week">
              <WeekColumn data={data} />
            </div>
          ) : null}
        </div>
        {wide ? <aside className="today-side">{data ? <WeekColumn data={data} /> : null}</aside> : null}
      </div>
    </>
  );
}
