import { Button } from 'antd';
import { CalendarClock, Check, PenLine, Phone, UserCheck } from 'lucide-react';
import { type TouchEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { noteCall } from '@/api/followups';
import type { DeskGroupKey, DeskItem } from '@/api/types';
import { CallLink } from '@/components/CallLink';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { Moving } from '@/components/MoveMenu';
import { SETTLED_BY } from '@/components/ownership/settle';
import { Quote } from '@/components/Quote';
import { shortFirm, words } from '@/lib/names';
import { formatRelativeDay } from '@/lib/time';
import { t } from '@/locales';
import { rowSentence } from './DeskRow';
import type { RowVerbs } from './RowActions';

const SWIPE = 72;

/** Right is done, left is another day; vertical movement stays scrolling. */
function useSwipe(right: () => void, left: () => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const [shift, setShift] = useState(0);
  return {
    shift,
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      start.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchMove: (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || !start.current) return;
      const x = touch.clientX - start.current.x;
      if (Math.abs(x) > 12 && Math.abs(x) > 2 * Math.abs(touch.clientY - start.current.y)) setShift(x);
    },
    onTouchEnd: () => {
      if (shift > SWIPE) right();
      if (shift < -SWIPE) left();
      setShift(0);
      start.current = null;
    },
  };
}

function OpenActs({ item, verbs }: { item: DeskItem; verbs: RowVerbs }) {
  const phone = item.contact?.phone;
  const own = SETTLED_BY[item.kind];
  return (
    <div className="card-acts">
      {item.customer ? (
        // The form waits, prefilled, for when the call is over.
        <CallLink
          number={phone}
          whose={{ customer: item.customer.id }}
          className="card-call"
          label={t('common.call')}
          called={() => {
            if (item.customer) noteCall(item.customer.id, item.contact?.name ?? null);
            verbs.log();
          }}
        >
          <Phone size={18} strokeWidth={1.6} />
        </CallLink>
      ) : null}
      {item.customer ? (
        <Button
          type="primary"
          className="card-log"
          icon={
            item.kind === 'takeup' ? (
              <UserCheck size={17} strokeWidth={1.6} />
            ) : (
              <PenLine size={17} strokeWidth={1.6} />
            )
          }
          onClick={own ? verbs.done : verbs.log}
        >
          {t(own ?? 'common.log')}
        </Button>
      ) : null}
      {item.id === null || own ? null : (
        <Button icon={<Check size={17} strokeWidth={1.6} />} onClick={verbs.done}>
          {t('desk.done')}
        </Button>
      )}
      {item.kind === 'takeup' ? (
        <Button icon={<PenLine size={17} strokeWidth={1.6} />} onClick={verbs.log}>
          {t('common.log')}
        </Button>
      ) : (
        <Button icon={<CalendarClock size={17} strokeWidth={1.6} />} onClick={() => verbs.setMoving(true)}>
          {item.id === null ? t('desk.plan') : t('desk.reschedule')}
        </Button>
      )}
    </div>
  );
}

/** One to-do on the phone; the open one carries the verbs, the others a pen. */
export function DeskCard({
  item,
  group,
  open,
  toggle,
  verbs,
}: {
  item: DeskItem;
  group: DeskGroupKey;
  open: boolean;
  toggle: () => void;
  verbs: RowVerbs;
}) {
  const { shift, ...touch } = useSwipe(verbs.done, () => verbs.setMoving(true));
  const { customer, contact } = item;
  const stage = item.stage ? words({ zh: item.stage.zh, en: item.stage.en ?? item.stage.zh }) : null;
  return (
    <li className="card" {...touch}>
      <span className="card-under" data-side={shift > 0 ? 'right' : 'left'} aria-hidden="true">
        {shift > 0 ? t('desk.done') : shift < 0 ? t('desk.reschedule') : ''}
      </span>
      <div className="card-body" style={shift ? { transform: `translateX(${shift}px)` } : undefined}>
        <div className="card-main" data-open={open}>
          <button
            type="button"
            className="plain card-toggle"
            aria-expanded={open}
            aria-label={rowSentence(item)}
            onClick={toggle}
          />
          <span className="card-head">
            <span className="cut">
              <span className="desk-why" data-group={group}>
                {words(item.why)}
              </span>
              {item.why_detail ? <span className="desk-second"> · {words(item.why_detail)}</span> : null}
            </span>
            <Clock clock={item.clock} stage={stage} line />
          </span>
          <span className="card-act cut">{item.act}</span>
          <span className="card-who">
            <ClassBadge value={customer?.intent_class} />
            {open && customer ? (
              <Link className="card-name cut" to={`/customers/${customer.id}`}>
                {shortFirm(customer.name)}
              </Link>
            ) : (
              <span className="cut">{customer ? shortFirm(customer.name) : t('desk.no_customer')}</span>
            )}
            {open && contact ? (
              <span className="desk-second cut">
                {[contact.name, contact.title].filter(Boolean).join(' ')}
              </span>
            ) : null}
          </span>
          {customer ? (
            <span className="desk-second cut">
              {item.last_at ? `${formatRelativeDay(item.last_at)} ` : ''}
              {item.last_words ? <Quote text={item.last_words} /> : t('desk.no_words')}
            </span>
          ) : null}
        </div>
        {open ? null : (
          <button
            type="button"
            className="icon-act card-pen"
            aria-label={`${t(item.kind === 'mend' ? 'reviews.mend' : item.customer ? 'common.log' : 'desk.done')}：${item.act}`}
            onClick={item.customer ? verbs.log : verbs.done}
          >
            {item.customer ? <PenLine size={20} strokeWidth={1.5} /> : <Check size={20} strokeWidth={1.5} />}
          </button>
        )}
        {open ? <OpenActs item={item} verbs={verbs} /> : null}
      </div>
      <Moving item={item} open={verbs.moving} setOpen={verbs.setMoving} choose={verbs.move} />
    </li>
  );
}
