import { InputNumber } from 'antd';
import type { Range } from '@/api/types';
import { currencyOf } from '@/lib/figure-words';
import { unitOf } from '@/lib/money';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Part } from './part';

const yuan = (minor: unknown): number | null => (typeof minor === 'number' ? minor / 100 : null);
const minor = (figure: number | null): number | null => (figure === null ? null : Math.round(figure * 100));

/** A figure with its unit; what is out of bounds is said below it, never changed by itself. */
export function Figure({ field, value, set, id }: Part) {
  const { unit, min, max } = field.settings ?? {};
  const bounds = min !== undefined && max !== undefined ? `${min} – ${max}` : undefined;
  return (
    <InputNumber<number>
      id={id}
      aria-label={words(field.label)}
      controls={false}
      value={typeof value === 'number' ? value : null}
      onChange={set}
      placeholder={bounds}
      suffix={field.type === 'percent' ? '%' : unit}
      style={{ width: '100%' }}
    />
  );
}

function Amount({
  value,
  set,
  id,
  label,
  currency,
}: {
  value: unknown;
  set: (value: number | null) => void;
  id?: string;
  label: string;
  currency: string | null;
}) {
  return (
    <InputNumber
      id={id}
      aria-label={label}
      controls={false}
      value={yuan(value)}
      formatter={(figure) => (figure === undefined ? '' : `${figure}`.replace(/\B(?=(\d{3})+(?!\d))/g, ','))}
      parser={(typed) => Number((typed ?? '').replace(/[^\d.-]/g, ''))}
      onChange={(figure) => set(minor(figure))}
      suffix={unitOf(currency)}
      style={{ width: '100%' }}
    />
  );
}

export function Money({ field, value, set, id }: Part) {
  return (
    <Amount id={id} label={words(field.label)} value={value} set={set} currency={currencyOf(field, null)} />
  );
}

/** Two amounts; a range in which neither stands is none. */
export function MoneyRange({ field, value, set, id }: Part) {
  const range = (value ?? { low: null, high: null }) as Range;
  const name = words(field.label);
  const put = (next: Range) => set(next.low === null && next.high === null ? null : next);
  const currency = currencyOf(field, null);
  return (
    <span className="rf-range">
      <Amount
        id={id}
        label={t('fields.from', { name })}
        value={range.low}
        set={(low) => put({ ...range, low })}
        currency={currency}
      />
      <span className="meta">–</span>
      <Amount
        label={t('fields.to', { name })}
        value={range.high}
        set={(high) => put({ ...range, high })}
        currency={currency}
      />
    </span>
  );
}
