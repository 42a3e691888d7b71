import { Drawer, Popover } from 'antd';
import { CalendarClock, Check, ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AgendaItem } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { ClassBadge } from '@/components/ClassBadge';
import { MoveMenu } from '@/components/MoveMenu';
import { Quote } from '@/components/Quote';
import { needsRecord } from '@/lib/act';
import { usePhone } from '@/lib/media';
import type { Move } from '@/lib/moving';
import { shortFirm } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { formatClock, formatDue, formatRelativeDay, formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { finish, move, reopen, settledAt } from './actions';
import type { Group } from './groups';

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

function Source({ item }: { item: AgendaItem }) {
  if (item.source?.type !== 'followup') return null;
  return (
    <Link className="todo-source" to={`/followups/${item.source.id}`}>
      {t('desk.todo_source')}
    </Link>
  );
}

/** 改期: a menu beside the button, on the phone a sheet. */
function MoveButton({ item }: { item: AgendaItem }) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const choose = (to: Move) => {
    setOpen(false);
    move(item, to);
  };
  const button = (
    <button
      type="button"
      className="icon-act"
      aria-label={`${t('desk.reschedule')}：${item.act}`}
      title={t('desk.reschedule')}
      onClick={phone ? () => setOpen(true) : undefined}
    >
      <CalendarClock size={17} strokeWidth={1.6} />
    </button>
  );
  if (phone) {
    return (
      <>
        {button}
        <Drawer
          open={open}
          placement="bottom"
          size={300}
          title={t('desk.reschedule')}
          onClose={() => setOpen(false)}
          classNames={{ section: 'bottom-sheet' }}
        >
          <MoveMenu item={item} choose={choose} />
        </Drawer>
      </>
    );
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={<MoveMenu item={item} choose={choose} />}
    >
      {button}
    </Popover>
  );
}

function Acts({ item, place }: { item: AgendaItem; place: Place }) {
  const openLog = useOpenLog();
  const elsewhere = settledAt(item);
  const done = () => {
    if (item.customer && needsRecord(item.act)) openLog({ customerId: item.customer.id, agendaId: item.id });
    else finish(item);
  };
  if (elsewhere) {
    return place === 'done' ? null : (
      <Link to={elsewhere} className="icon-act" aria-label={item.act}>
        <ChevronRight size={18} strokeWidth={1.6} />
      </Link>
    );
  }
  if (place === 'done') {
    return (
      <button
        type="button"
        className="icon-act"
        aria-label={`${t('desk.reopen')}：${item.act}`}
        title={t('desk.reopen')}
        onClick={() => void reopen(item)}
      >
        <RotateCcw size={17} strokeWidth={1.6} />
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        className="icon-act"
        aria-label={`${t('desk.done')}：${item.act}`}
        title={t('desk.done')}
        onClick={done}
      >
        <Check size={18} strokeWidth={1.6} />
      </button>
      <MoveButton item={item} />
    </>
  );
}

/** One to-do: when, whom, what with the last words below, and the verbs. */
export function TodoRow({
  item,
  place,
  whose,
  labels,
}: {
  item: AgendaItem;
  place: Place;
  /** Names the person or department where the list is not mine alone. */
  whose: string;
  labels: Labels;
}) {
  const { customer } = item;
  return (
    <li className="todo">
      <span className={place === 'overdue' ? 'todo-when verm' : 'todo-when'}>{whenOf(item, place)}</span>
      <span className="todo-who">
        {customer ? (
          <span className="todo-firm">
            <Link className="cut" to={`/customers/${customer.id}`} title={customer.name}>
              {shortFirm(customer.name)}
            </Link>
            <ClassBadge value={customer.intent_class} />
          </span>
        ) : (
          <span className="meta">{t('desk.no_customer')}</span>
        )}
        <span className="todo-from second cut">
          {whose}
          {whose && item.source?.type === 'followup' ? ' · ' : null}
          <Source item={item} />
        </span>
      </span>
      <span className="todo-what">
        <b className="cut" title={item.act}>
          {item.act}
        </b>
        <Second item={item} labels={labels} />
      </span>
      <span className="todo-acts">
        <Acts item={item} place={place} />
      </span>
    </li>
  );
}
