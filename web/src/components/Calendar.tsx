import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { dayOf, shiftDay, shiftMonth, weeksOf } from '@/lib/calendar';
import { formatDateHead, formatMonth, now, weekdayHeads } from '@/lib/time';
import { t } from '@/locales';
import './calendar.css';

const STEPS: Record<string, (day: string) => string> = {
  ArrowLeft: (day) => shiftDay(day, -1),
  ArrowRight: (day) => shiftDay(day, 1),
  ArrowUp: (day) => shiftDay(day, -7),
  ArrowDown: (day) => shiftDay(day, 7),
  PageUp: (day) => shiftMonth(day, -1),
  PageDown: (day) => shiftMonth(day, 1),
};

/** One month to choose a day from, in the language of the screen; arrows move by day and week, Page keys by month. */
export function Calendar({
  value,
  min = '',
  max = '9999',
  choose,
}: {
  value: string;
  /** The first day that may be chosen. */
  min?: string;
  /** The last one. */
  max?: string;
  choose: (day: string) => void;
}) {
  const today = dayOf(now());
  const grid = useRef<HTMLDivElement>(null);
  const walked = useRef(false);
  const [at, setAt] = useState(value || today);
  useEffect(() => {
    if (walked.current) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
  }, [at]);
  const press = (event: KeyboardEvent) => {
    const next = STEPS[event.key]?.(at);
    if (!next) return;
    event.preventDefault();
    walked.current = true;
    setAt(next < min ? min : next > max ? max : next);
  };
  const turn = (months: number) => {
    walked.current = false;
    setAt(shiftMonth(at, months));
  };
  return (
    <div className="cal">
      <div className="cal-head">
        <b aria-live="polite">{formatMonth(at)}</b>
        <button
          type="button"
          className="icon-act"
          aria-label={t('time.month_before')}
          onClick={() => turn(-1)}
        >
          <ChevronLeft size={17} strokeWidth={1.6} />
        </button>
        <button type="button" className="icon-act" aria-label={t('time.month_after')} onClick={() => turn(1)}>
          <ChevronRight size={17} strokeWidth={1.6} />
        </button>
      </div>
      <div className="cal-week meta" aria-hidden="true">
        {weekdayHeads().map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <div ref={grid} onKeyDown={press}>
        {weeksOf(at).map((week) => (
          <div className="cal-week" key={week[0]}>
            {week.map((day) => (
              <button
                type="button"
                key={day}
                className="plain cal-day"
                data-day={day}
                data-away={day.slice(0, 7) !== at.slice(0, 7) || undefined}
                aria-label={formatDateHead(day)}
                aria-pressed={day === value}
                aria-current={day === today ? 'date' : undefined}
                tabIndex={day === at ? 0 : -1}
                disabled={day < min || day > max}
                onClick={() => choose(day)}
              >
                {Number(day.slice(8))}
              </button>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
