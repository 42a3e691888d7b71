import { Select } from 'antd';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePhone } from '@/lib/media';
import { Chip, Dot } from './Chip';
import './pick.css';

export interface Choice {
  value: string;
  label: string;
  /** Further words by which it can be found. */
  note?: string;
  /** The colour of an option. */
  color?: string | null;
}

/** How options with colours are drawn, in the list and when chosen. */
export function coloured(choices: readonly Choice[]) {
  const draw = ({ value, label }: { value?: unknown; label?: ReactNode }) => (
    <Chip color={choices.find((one) => one.value === value)?.color}>{label}</Chip>
  );
  return { optionRender: draw, labelRender: draw };
}

/** One choice of many: the system's own wheel on the phone, a searchable list on the desktop. */
export function Pick({
  value,
  choices,
  onChange,
  label,
  placeholder,
  clear = true,
  bare = false,
  id,
  invalid = false,
}: {
  value: string | null;
  choices: readonly Choice[];
  onChange: (value: string | null) => void;
  label: string;
  placeholder?: string;
  clear?: boolean;
  bare?: boolean;
  id?: string;
  invalid?: boolean;
}) {
  const phone = usePhone();
  if (phone) {
    const chosen = choices.find((choice) => choice.value === value);
    return (
      <span className={`pick-phone${bare ? ' pick-bare' : ''}`} data-invalid={invalid || undefined}>
        <Dot color={chosen?.color} />
        <span className={`cut${chosen ? '' : ' pick-empty'}`}>{chosen?.label ?? placeholder ?? ''}</span>
        <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
        <select
          id={id}
          aria-label={label}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value || null)}
        >
          {clear || value === null ? <option value="">{placeholder ?? ''}</option> : null}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </span>
    );
  }
  return (
    <Select
      id={id}
      className="pick"
      aria-label={label}
      value={value}
      placeholder={placeholder}
      allowClear={clear}
      variant={bare ? 'borderless' : 'outlined'}
      status={invalid ? 'error' : undefined}
      showSearch={{
        filterOption: (words, option) =>
          `${option?.label ?? ''} ${option?.note ?? ''}`.toLowerCase().includes(words.toLowerCase()),
      }}
      options={choices.map((choice) => ({ ...choice }))}
      {...(choices.some((choice) => choice.color) ? coloured(choices) : {})}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}
