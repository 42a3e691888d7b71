import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import type { Precision } from '@/api/types';
import { usePhone } from '@/lib/media';
import { formatWhen } from '@/lib/time';
import { fromWallText, toWallText } from './wall';
import '@/components/date-input.css';

/** Opens the system's own picker, also where a click on the field does not. */
function Picker({
  value,
  max,
  label,
  onChange,
}: {
  value: string;
  max?: string;
  label: string;
  onChange: (iso: string) => void;
}) {
  return (
    <input
      type="datetime-local"
      aria-label={label}
      value={value ? toWallText(value) : ''}
      max={max ? toWallText(max) : undefined}
      onClick={(event) => event.currentTarget.showPicker?.()}
      onChange={(event) => {
        const iso = fromWallText(event.target.value);
        if (iso) onChange(iso);
      }}
    />
  );
}

/** Date and clock in the organisation's zone: typed as `2026-11-24 10:06`, or chosen in the system's picker. */
export function WhenInput({
  value,
  onChange,
  label,
  max,
  onLeave,
  id,
}: {
  value: string;
  onChange: (iso: string, precision: Precision) => void;
  label: string;
  max?: string;
  onLeave?: () => void;
  id?: string;
}) {
  const phone = usePhone();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value ? toWallText(value).replace('T', ' ') : '';
  const leave = () => {
    const iso = typed === null ? null : fromWallText(typed);
    if (iso) onChange(iso, 'minute');
    setTyped(null);
    onLeave?.();
  };
  return (
    <span className="when-input">
      {phone ? (
        <span className="cut when-words">{value ? formatWhen(value) : ''}</span>
      ) : (
        <input
          id={id}
          aria-label={label}
          value={typed ?? shown}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && leave()}
        />
      )}
      <span className="when-picker">
        <CalendarDays size={15} strokeWidth={1.6} aria-hidden="true" />
        <Picker value={value} max={max} label={label} onChange={(iso) => onChange(iso, 'minute')} />
      </span>
    </span>
  );
}
