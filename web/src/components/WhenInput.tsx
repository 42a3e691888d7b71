import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { usePhone } from '@/lib/media';
import { formatWhen } from '@/lib/time';
import { fromWallText, toWallText } from '@/lib/wall';
import { t } from '@/locales';
import { WhenPicker } from './WhenPicker';

/** Date and clock in the organisation's zone: typed as `2026-11-24 10:06`, or chosen from a month. */
export function WhenInput({
  value,
  onChange,
  label,
  max,
  onLeave,
  onClear,
  id,
}: {
  /** An instant; empty where none is set. */
  value: string;
  onChange: (iso: string) => void;
  label: string;
  max?: string;
  onLeave?: () => void;
  /** Where it may be left empty: what was there is taken out. */
  onClear?: () => void;
  id?: string;
}) {
  const phone = usePhone();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value ? toWallText(value).replace('T', ' ') : '';
  const leave = () => {
    const iso = typed === null ? null : fromWallText(typed);
    if (iso) onChange(iso);
    else if (typed !== null && !typed.trim()) onClear?.();
    setTyped(null);
    onLeave?.();
  };
  const icon = <CalendarDays size={15} strokeWidth={1.6} aria-hidden="true" />;
  if (phone) {
    return (
      <WhenPicker value={value} max={max} label={label} onChange={onChange} onClear={onClear}>
        <button type="button" id={id} className="plain when-input" aria-label={`${label}：${shown}`}>
          <span className={`cut when-words${value ? '' : ' faint'}`}>
            {value ? formatWhen(value) : t('time.pick_day')}
          </span>
          {icon}
        </button>
      </WhenPicker>
    );
  }
  return (
    <span className="when-input">
      <input
        id={id}
        aria-label={label}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && leave()}
      />
      <WhenPicker value={value} max={max} label={label} onChange={onChange} onClear={onClear}>
        <button type="button" className="icon-act when-open" aria-label={`${t('time.pick_day')}：${label}`}>
          {icon}
        </button>
      </WhenPicker>
    </span>
  );
}
