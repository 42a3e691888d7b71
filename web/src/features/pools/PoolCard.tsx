import { Checkbox, InputNumber, Select } from 'antd';
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDepartments } from '@/api/queries';
import { Conditions } from '@/components/list/filter/Conditions';
import { UpDown } from '@/components/UpDown';
import { joined, partsOf } from '@/lib/filter';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import type { Draft } from './draft';

interface Props {
  pool: Draft;
  at: number;
  count: number;
  /** How many lie in it, and what tonight would do; undefined while it is not known. */
  notes: ReactNode;
  wrong: string;
  set: (next: Partial<Draft>) => void;
  move: (at: number, by: number) => void;
  remove: () => void;
}
const DAYS = ['days_contact', 'days_progress', 'days_unsigned'] as const;

function Days({
  label,
  value,
  least = 1,
  none,
  set,
}: {
  label: string;
  value: number | null;
  least?: number;
  none?: string;
  set: (next: number | null) => void;
}) {
  return (
    <InputNumber
      aria-label={label}
      className="pool-days"
      min={least}
      max={3650}
      precision={0}
      value={value}
      placeholder={none}
      onChange={set}
    />
  );
}

/** One pool as sentences: whom it takes, after how many days, and what holds once somebody has claimed. */
export function PoolCard({ pool, at, count, notes, wrong, set, move, remove }: Props) {
  const labels = useLabels();
  const departments = useDepartments();
  const { name } = pool;
  const nodes = partsOf(pool.condition);
  return (
    <li className="sheet pool-rule">
      <header>
        <span className="pool-number-mark">{at + 1}</span>
        <input
          className="pool-rule-name"
          aria-label={t('pools.name')}
          maxLength={20}
          value={name}
          onChange={(event) => set({ name: event.target.value })}
        />
        {notes}
        <UpDown at={at} count={count} move={move} />
        <button type="button" className="icon-act" aria-label={t('pools.remove', { name })} onClick={remove}>
          <Trash2 size={16} strokeWidth={1.6} />
        </button>
      </header>
      <div className="pool-line">
        <span className="pool-word">{t('pools.takes')}</span>
        {nodes.length ? null : <span>{t('pools.takes_all')}</span>}
        <Conditions
          nodes={nodes}
          set={(next) => set({ condition: joined(next) })}
          most={3}
          joint={<span>{t('filters.and')}</span>}
          title={t('filters.build')}
          nothing={t('pools.takes_all')}
        />
        <Select
          mode="multiple"
          className="pool-departments"
          aria-label={t('pools.departments')}
          placeholder={t('pools.departments_all')}
          value={pool.department_ids}
          showSearch={{ optionFilterProp: 'label' }}
          options={(departments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(department_ids: number[]) => set({ department_ids })}
        />
      </div>
      <div className="pool-line">
        <span className="pool-word">{t('pools.back_after')}</span>
        {DAYS.map((key) => (
          <span className="pool-part" key={key}>
            {t(`pools.${key}`)}
            <Days
              label={t(`pools.${key}`)}
              value={pool[key]}
              none={t('pools.never')}
              set={(days) => set({ [key]: days })}
            />
            {pool[key] === null ? null : t('pools.days')}
          </span>
        ))}
        <Checkbox checked={pool.over_held} onChange={(event) => set({ over_held: event.target.checked })}>
          {t('pools.over_held')}
        </Checkbox>
        <span className="pool-part">
          {t('pools.warn')}
          <Days
            label={t('pools.warn')}
            least={0}
            value={pool.warn_days}
            set={(days) => set({ warn_days: days ?? 0 })}
          />
          {pool.warn_days ? t('pools.warn_after') : <b className="amber">{t('pools.warn_none')}</b>}
        </span>
      </div>
      <div className="pool-line">
        <span className="pool-word">{t('pools.after_claim')}</span>
        <span className="pool-part">
          {t('pools.first')}
          <Days
            label={t('pools.first')}
            value={pool.first_workdays}
            none={t('pools.never')}
            set={(first_workdays) => set({ first_workdays })}
          />
          {pool.first_workdays === null ? null : t('pools.workdays')}
        </span>
        <span className="pool-part">
          {t('pools.cooldown')}
          <Days
            label={t('pools.cooldown')}
            least={0}
            value={pool.cooldown_days}
            set={(days) => set({ cooldown_days: days ?? 0 })}
          />
          {t('pools.cooldown_after')}
        </span>
        <span className="pool-part">
          {t('pools.ask_classes')}
          <Select
            mode="multiple"
            className="pool-classes"
            aria-label={t('pools.ask_classes')}
            placeholder={t('pools.ask_none')}
            value={pool.ask_classes}
            options={labels.options('intent_class').map((one) => ({ value: one.key, label: words(one) }))}
            onChange={(ask_classes: string[]) => set({ ask_classes })}
          />
        </span>
      </div>
      {wrong ? (
        <p className="verm" role="alert">
          {wrong}
        </p>
      ) : null}
    </li>
  );
}
