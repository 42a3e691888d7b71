import { InputNumber, Select } from 'antd';
import type { LimitClock, Then } from '@/api/ownership';
import { t } from '@/locales';

export interface LimitValues {
  amount: number | null;
  clock: LimitClock;
  otherwise: Then;
}

const CLOCKS: LimitClock[] = ['work_hours', 'hours', 'workdays'];
const THENS: Then[] = ['next', 'back'];

/** 限 4 工作小时，没接手，转给下一位 */
export function LimitInput({
  value,
  set,
  disabled,
}: {
  value: LimitValues;
  set: (next: LimitValues) => void;
  disabled?: boolean;
}) {
  return (
    <span className="own-limit">
      {t('ownership.within')}
      <InputNumber
        aria-label={t('ownership.amount')}
        min={1}
        max={720}
        precision={0}
        value={value.amount}
        placeholder={t('ownership.no_limit')}
        disabled={disabled}
        onChange={(amount) => set({ ...value, amount })}
      />
      {value.amount === null ? null : (
        <>
          <Select
            aria-label={t('ownership.clock')}
            value={value.clock}
            disabled={disabled}
            options={CLOCKS.map((one) => ({ value: one, label: t(`ownership.clock_${one}`) }))}
            onChange={(clock) => set({ ...value, clock })}
          />
          <Select
            aria-label={t('ownership.otherwise')}
            value={value.otherwise}
            disabled={disabled}
            options={THENS.map((one) => ({ value: one, label: t(`ownership.otherwise_${one}`) }))}
            onChange={(otherwise) => set({ ...value, otherwise })}
          />
        </>
      )}
    </span>
  );
}
