import { Popover } from 'antd';
import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/locales';
import { Calendar } from './Calendar';
import './date-input.css';

/** `2026-11-24` from what a person types: `2026/11/24`, `2026年11月24日`; null when it is no day. */
export function readDay(text: string): string | null {
  const found = /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*$/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCMonth() !== month - 1) return null;
  return real.toISOString().slice(0, 10);
}

/** A day, typed or chosen from a month; looks the same whatever the browser's language is. */
export function DateInput({
  value,
  onChange,
  label,
  id,
  min,
}: {
  value: string;
  onChange: (day: string | null) => void;
  label: string;
  id?: string;
  min?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const leave = () => {
    if (typed !== null && !typed.trim()) onChange(null);
    const day = typed === null ? null : readDay(typed);
    if (day) onChange(day);
    setTyped(null);
  };
  const choose = (day: string) => {
    setOpen(false);
    onChange(day);
  };
  return (
    <span className="when-input">
      <input
        id={id}
        aria-label={label}
        placeholder={id ? undefined : label}
        inputMode="numeric"
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        arrow={false}
        destroyOnHidden
        content={<Calendar value={value} min={min} choose={choose} />}
      >
        <button type="button" className="icon-act when-open" aria-label={`${t('time.pick_day')}：${label}`}>
          <CalendarDays size={15} strokeWidth={1.6} aria-hidden="true" />
        </button>
      </Popover>
    </span>
  );
}
