import {
  CalendarClock,
  Check,
  ChevronRight,
  FileText,
  MessageCircleReply,
  PenLine,
  RotateCcw,
  UserCheck,
} from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { refreshWork } from '@/api/queries';
import type { AgendaItem, WithOwn } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { ClassBadge } from '@/components/ClassBadge';
import { Moving } from '@/components/MoveMenu';
import { OwnWords } from '@/components/OwnWords';
import { Quote } from '@/components/Quote';
import { VersionsButton } from '@/components/versions/VersionsButton';
import { shortFirm, words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { isBlank, isOwn } from '@/lib/own';
import { listed } from '@/lib/shown';
import { formatClock, formatDue, formatRelativeDay, formatWhen } from '@/lib/time';
import { moveTodo, reopenTodo } from '@/lib/todo';
import { t } from '@/locales';
import { useFinish, useSettle, verbsOf } from './actions';
import type { Group } from './groups';

const EditTodo = lazy(async () => ({ default: (await import('./EditTodo')).EditTodo }));

/** `done` for the list of what is done; the others are the groups of the open ones. */
type Place = Group | 'done';

/** The head of the group names the day already, so a row of today or tomorrow says only the hour. */
function whenOf(item: AgendaItem, place: Place): string {
  if (place === 'done') return formatWhen(item.done_at ?? item.due_at);
  if (place === 'overdue' || place === 'later') {
    return formatDue(item.due_at, item.precision, place === 'overdue');
  }
  return item.precision === 'day' ? t('desk.all_day') : formatClock(item.due_at);
}

/** What was said last, when and how; for work without a customer its goal. */
function Second({ item, labels }: { item: AgendaItem; labels: Labels }) {
  if (!item.customer) return item.goal ? <span className="second cut">{item.goal}</span> : null;
  const when = item.last_at ? formatRelativeDay(item.last_at) : '';
  const meta = [when, labels.label('channel', item.last_channel)].filter(Boolean).join(' ');
  return (
    <span className="todo-words second">
      {item.last_words ? (
        <>
          <Quote className="cut" text={item.last_words} />
          <span className="meta">{meta}</span>
        </>
      ) : (
        <span className="meta">{meta || t('desk.no_words')}</span>
      )}
    </span>
  );
}

/** The record in which it was promised, or the row of the team's own type that it belongs to. */
function Source({ item }: { item: AgendaItem }) {
  const { type, id } = item.source ?? {};
  if (type !== 'followup' && !type?.startsWith('x_')) return null;
  return (
    <Link
      className="icon-act todo-source"
      to={type === 'followup' ? `/followups/${id}` : `/records/${type}/${id}`}
      aria-label={`${t('desk.todo_source')}：${item.act}`}
      title={t('desk.todo_source')}
    >
      <FileText size={16} strokeWidth={1.6} />
    </Link>
  );
}

/** What the team asks of a to-do beside what, when and who: its values, or what could be filled in; opens the form. */
function Own({ item, place, labels }: { item: AgendaItem; place: Place; labels: Labels }) {
  const [open, setOpen] = useState(false);
  const own = labels.fields('agenda').filter((field) => isOwn(field.slug));
  const said = <OwnWords record="agenda" row={item} labels={labels} />;
  if (!own.length || place === 'done' || !verbsOf(item).own) return said;
  const blank = own.every((field) => isBlank(item[field.slug as keyof WithOwn]));
  return (
    <>
      <button
        type="button"
        className="plain todo-own"
        aria-label={`${t('common.edit')}：${item.act}`}
        onClick={() => setOpen(true)}
      >
        {blank ? (
          <span className="own-words faint cut">
            {t('fields.fill', { names: listed(own.slice(0, 3).map((field) => words(field.label))) })}
          </span>
        ) : (
          said
        )}
      </button>
      <Suspense fallback={null}>
        {open ? <EditTodo item={item} close={() => setOpen(false)} /> : null}
      </Suspense>
    </>
  );
}

/** 接手 or 回答: what no tick can close. */
function Settle({ item }: { item: AgendaItem }) {
  const settle = useSettle();
  const takes = item.kind === 'takeup';
  const Icon = takes ? UserCheck : MessageCircleReply;
  return (
    <button
      type="button"
      className="act"
      aria-label={`${t(takes ? 'ownership.take' : 'requests.open')}：${item.act}`}
      onClick={() => settle(item)}
    >
      <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
      {t(takes ? 'ownership.take' : 'requests.open')}
    </button>
  );
}

interface Menu {
  moving: boolean;
  setMoving: (open: boolean) => void;
}

function Acts({ item, place, moving, setMoving }: { item: AgendaItem; place: Place } & Menu) {
  const openLog = useOpenLog();
  const finish = useFinish();
  const { settle, elsewhere } = verbsOf(item);
  const log = () => {
    if (item.customer) openLog({ customerId: item.customer.id, agendaId: item.id });
  };
  if (settle && place !== 'done') return <Settle item={item} />;
  if (elsewhere) {
    return place === 'done' ? null : (
      <Link to={elsewhere} className="icon-act" aria-label={item.act}>
        <ChevronRight size={18} strokeWidth={1.6} />
      </Link>
    );
  }
  const history = (
    <VersionsButton
      className="icon-act todo-history"
      type="agenda"
      id={item.id}
      name={item.act}
      changed={() => refreshWork(item.customer?.id)}
    />
  );
  if (place === 'done') {
    return (
      <>
        {history}
        <button
          type="button"
          className="icon-act"
          aria-label={`${t('desk.reopen')}：${item.act}`}
          title={t('desk.reopen')}
          onClick={() => void reopenTodo(item)}
        >
          <RotateCcw size={17} strokeWidth={1.6} />
        </button>
      </>
    );
  }
  return (
    <>
      {history}
      <Source item={item} />
      {item.customer ? (
        <button
          type="button"
          className="icon-act todo-log"
          aria-label={`${t('common.log')}：${item.act}`}
          title={t('common.log')}
          onClick={log}
        >
          <PenLine size={17} strokeWidth={1.6} />
        </button>
      ) : null}
      <button
        type="button"
        className="icon-act"
        aria-label={`${t('desk.done')}：${item.act}`}
        title={t('desk.done')}
        onClick={() => finish(item)}
      >
        <Check size={18} strokeWidth={1.6} />
      </button>
      <Moving
        item={item}
        open={moving}
        setOpen={setMoving}
        choose={(to) => {
          setMoving(false);
          moveTodo(item, to);
        }}
      >
        <button
          type="button"
          className="icon-act"
          aria-label={`${t('desk.reschedule')}：${item.act}`}
          title={t('desk.reschedule')}
        >
          <CalendarClock size={17} strokeWidth={1.6} />
        </button>
      </Moving>
    </>
  );
}

/** One to-do: when, whom, what with the last words below, and the verbs. */
export function TodoRow({
  item,
  place,
  whose,
  labels,
  chosen,
  ...menu
}: {
  item: AgendaItem;
  place: Place;
  /** Names the person or department where the list is not mine alone. */
  whose: string;
  labels: Labels;
  /** Where the keys stand. */
  chosen: boolean;
} & Menu) {
  const { customer } = item;
  const source = labels.ownTypes.includes(item.source?.type ?? '') ? item.source : null;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li className="todo" ref={row} data-chosen={chosen || undefined}>
      <span className={place === 'overdue' ? 'todo-when verm' : 'todo-when'}>{whenOf(item, place)}</span>
      <span className="todo-who">
        {customer ? (
          <span className="todo-firm">
            <Link className="cut" to={`/customers/${customer.id}`} title={customer.name}>
              {shortFirm(customer.name)}
            </Link>
            <ClassBadge value={customer.intent_class} />
          </span>
        ) : source ? (
          <Link className="todo-firm cut" to={`/records/${source.type}/${source.id}`}>
            {words(labels.type(source.type))}
          </Link>
        ) : (
          <span className="meta">{t('desk.no_customer')}</span>
        )}
        {whose ? <span className="todo-from second cut">{whose}</span> : null}
      </span>
      <span className="todo-what">
        <b className="todo-act" title={item.act}>
          {item.act}
        </b>
        <Second item={item} labels={labels} />
        <Own item={item} place={place} labels={labels} />
      </span>
      <span className="todo-acts">
        <Acts item={item} place={place} {...menu} />
      </span>
    </li>
  );
}
