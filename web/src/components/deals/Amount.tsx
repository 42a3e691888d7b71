import { InputNumber } from 'antd';
import { unitOf } from '@/lib/money';

/** An amount of a currency: typed in its unit, kept in hundredths. */
export function Amount({
  value,
  set,
  label,
  currency,
  id,
  hint,
  disabled,
}: {
  value: number | null;
  set: (minor: number | null) => void;
  label: string;
  currency: string;
  id?: string;
  /** What stands there while nothing is typed. */
  hint?: string;
  disabled?: boolean;
}) {
  return (
    <InputNumber<number>
      id={id}
      aria-label={label}
      controls={false}
      min={0}
      precision={2}
      disabled={disabled}
      value={value === null ? null : value / 100}
      placeholder={hint}
      suffix={unitOf(currency)}
      style={{ width: '100%' }}
      onChange={(figure) => set(figure === null ? null : Math.round(figure * 100))}
    />
  );
}
