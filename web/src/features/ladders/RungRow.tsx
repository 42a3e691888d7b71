import { InputNumber, Select } from 'antd';
import { X } from 'lucide-react';
import {
  LADDER_CLOCKS,
  LADDER_DEEDS,
  LADDER_FROMS,
  LADDER_PEOPLE,
  type LadderPlan,
  type LadderRung,
} from '@/api/ladders';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** One rung: when, what, whom. */
export function RungRow({
  rung,
  at,
  roles,
  wrong,
  set,
  remove,
}: {
  rung: LadderRung;
  at: number;
  roles: LadderPlan['roles'];
  wrong: string;
  set: (next: LadderRung) => void;
  remove: () => void;
}) {
  const people = LADDER_PEOPLE.map((value) => ({ value: value as string, label: t(`ladders.to_${value}`) }));
  return (
    <li className="ld-rung">
      <div className="ld-rung-line">
        <Select
          aria-label={t('ladders.from', { n: at + 1 })}
          value={rung.from}
          options={LADDER_FROMS.map((value) => ({ value, label: t(`ladders.from_${value}`) }))}
          onChange={(from) =>
            set({ ...rung, from, amount: from === 'due' ? rung.amount : Math.max(1, rung.amount) })
          }
        />
        <InputNumber
          aria-label={t('ladders.amount', { n: at + 1 })}
          min={rung.from === 'due' ? 0 : 1}
          max={999}
          precision={0}
          value={rung.amount}
          onChange={(amount) => amount !== null && set({ ...rung, amount })}
        />
        <Select
          aria-label={t('ladders.clock', { n: at + 1 })}
          value={rung.clock}
          options={LADDER_CLOCKS.map((value) => ({ value, label: t(`ladders.clock_${value}`) }))}
          onChange={(clock) => set({ ...rung, clock })}
        />
        <Select
          aria-label={t('ladders.do', { n: at + 1 })}
          value={rung.do}
          options={LADDER_DEEDS.map((value) => ({ value, label: t(`ladders.do_${value}`) }))}
          onChange={(deed) => set({ ...rung, do: deed })}
        />
        {rung.do === 'pool' ? (
          <span />
        ) : (
          <Select
            aria-label={t('ladders.to', { n: at + 1 })}
            value={rung.to}
            options={[
              ...people,
              {
                label: t('ladders.roles'),
                options: roles.map((one) => ({
                  value: `role:${one.key}`,
                  label: one.held ? words(one) : t('ladders.role_unheld', { role: words(one) }),
                })),
              },
            ]}
            onChange={(to: string) => set({ ...rung, to })}
          />
        )}
        <button
          type="button"
          className="icon-act"
          aria-label={t('ladders.rung_remove', { n: at + 1 })}
          onClick={remove}
        >
          <X size={15} strokeWidth={1.6} />
        </button>
      </div>
      {wrong ? <p className="verm">{wrong}</p> : null}
    </li>
  );
}
