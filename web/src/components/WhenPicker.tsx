import { type ComponentProps, useState } from 'react';
import { now } from '@/lib/time';
import { fromWallText, toWallText } from '@/lib/wall';
import { t } from '@/locales';
import { Calendar } from './Calendar';
import { Sheet } from './Sheet';
import './date-input.css';

const two = (figure: number) => String(figure).padStart(2, '0');
const HOURS = Array.from({ length: 24 }, (_, hour) => two(hour));
const MINUTES = Array.from({ length: 12 }, (_, step) => two(step * 5));
/** The clock of a day that is chosen first. */
const MORNING = '10:00';

/** A day and a clock, in the language of the screen whatever the browser's is; hung on a button. */
export function WhenPicker({
  value,
  max,
  label,
  onChange,
  onClear,
  children,
}: {
  /** An instant; empty where none is set. */
  value: string;
  max?: string;
  label: string;
  onChange: (iso: string) => void;
  /** Where it may be left empty. */
  onClear?: () => void;
  children: ComponentProps<typeof Sheet>['children'];
}) {
  const [open, setOpen] = useState(false);
  const [day = '', clock = MORNING] = value ? toWallText(value).split('T') : [];
  const [hour = '', minute = ''] = clock.split(':');
  const put = (nextDay: string, nextClock: string) => {
    const iso = fromWallText(`${nextDay}T${nextClock}`);
    if (iso) onChange(max && iso > max ? max : iso);
  };
  const today = toWallText(now().toISOString()).slice(0, 10);
  const part = (name: string, shown: string, all: string[], set: (next: string) => void) => (
    <select
      className="when-clock"
      aria-label={`${label}：${name}`}
      value={shown}
      onChange={(event) => set(event.target.value)}
    >
      {(all.includes(shown) ? all : [...all, shown].sort()).map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
  return (
    <Sheet
      title={label}
      open={open}
      setOpen={setOpen}
      content={
        <div className="when-panel">
          <Calendar
            value={day}
            max={max ? toWallText(max).slice(0, 10) : undefined}
            choose={(next) => put(next, clock)}
          />
          <p className="when-line">
            {part(t('time.hour'), hour, HOURS, (next) => put(day || today, `${next}:${minute}`))}
            {' : '}
            {part(t('time.minute'), minute, MINUTES, (next) => put(day || today, `${hour}:${next}`))}
            {onClear && value ? (
              <button type="button" className="act" onClick={onClear}>
                {t('fields.clear')}
              </button>
            ) : null}
            <button type="button" className="act" onClick={() => setOpen(false)}>
              {t('time.when_done')}
            </button>
          </p>
        </div>
      }
    >
      {children}
    </Sheet>
  );
}
