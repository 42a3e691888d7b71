import { CalendarDays } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useMe } from '@/app/session';
import { dayOf } from '@/lib/calendar';
import { type Due, type Move, moveDays, movedTo, moveLabels } from '@/lib/moving';
import { daysBetween, formatDayLong, now } from '@/lib/time';
import { t } from '@/locales';
import { Calendar } from './Calendar';
import { Sheet } from './Sheet';
import './move-menu.css';

/** Three usual days and a free one. */
export function MoveMenu({ item, choose }: { item: Due; choose: (to: Move) => void }) {
  const { org } = useMe();
  const [free, setFree] = useState(false);
  const labels = moveLabels();
  const today = dayOf(now());
  return (
    <div className="move-menu">
      {moveDays().map((days, at) => {
        const to = movedTo(item, days, org.closing_time);
        return (
          <button type="button" className="plain move-row" key={days} onClick={() => choose(to)}>
            <kbd>{at + 1}</kbd>
            <span>{t(labels[at] ?? 'desk.tomorrow')}</span>
            <span className="meta">{formatDayLong(to.due_at, to.precision)}</span>
          </button>
        );
      })}
      <button type="button" className="plain move-row" aria-expanded={free} onClick={() => setFree(!free)}>
        <CalendarDays size={17} strokeWidth={1.6} aria-hidden="true" />
        <span>{t('desk.other_day')}</span>
      </button>
      {free ? (
        <Calendar
          value=""
          min={today}
          choose={(day) =>
            choose(
              movedTo(item, daysBetween(`${day}T12:00:00Z`, `${today}T12:00:00Z`, 'UTC'), org.closing_time),
            )
          }
        />
      ) : null}
    </div>
  );
}

/** 改期 hung on a button. */
export function Moving({
  item,
  open,
  setOpen,
  choose,
  children,
}: {
  item: Due;
  open: boolean;
  setOpen: (open: boolean) => void;
  choose: (to: Move) => void;
  children?: ComponentProps<typeof Sheet>['children'];
}) {
  return (
    <Sheet
      title={t('desk.reschedule')}
      open={open}
      setOpen={setOpen}
      content={<MoveMenu item={item} choose={choose} />}
    >
      {children}
    </Sheet>
  );
}
