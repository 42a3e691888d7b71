import { InputNumber } from 'antd';
import type { Asked, AskedField } from '@/api/approval-requests';
import { unitOf } from '@/lib/money';
import { t } from '@/locales';

/** The figures that a request names: money in yuan, percent off, days of payment term. */
export function AskedFigures({
  fields,
  value,
  set,
}: {
  fields: readonly AskedField[];
  value: Asked;
  set: (next: Asked) => void;
}) {
  return (
    <>
      {fields.map((name) => {
        const money = name === 'amount';
        const figure = value[name];
        return (
          <InputNumber<number>
            key={name}
            aria-label={t(`approvals.${name}`)}
            placeholder={t(`approvals.${name}`)}
            controls={false}
            min={0}
            max={name === 'percent' ? 100 : undefined}
            precision={name === 'days' ? 0 : 2}
            value={figure === undefined ? null : money ? figure / 100 : figure}
            suffix={money ? unitOf('CNY') : name === 'percent' ? '%' : t('approvals.unit_days')}
            style={{ width: '100%' }}
            onChange={(next) =>
              set({
                ...value,
                [name]: next === null ? undefined : money ? Math.round(next * 100) : next,
              })
            }
          />
        );
      })}
    </>
  );
}
