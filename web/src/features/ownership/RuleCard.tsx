import { InputNumber, Select } from 'antd';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { Plan } from '@/api/ownership';
import { useDepartments, useMembers } from '@/api/queries';
import type { Id } from '@/api/types';
import { LimitInput } from '@/components/ownership/LimitInput';
import { t } from '@/locales';
import { Conditions } from './Conditions';
import type { Draft } from './draft';

const WAYS = ['turns', 'load', 'fixed'] as const;

interface Props {
  rule: Draft;
  within: Plan['within'];
  at: number;
  last: boolean;
  /** How many of the last customers it would have caught. */
  count: number | undefined;
  wrong: string;
  set: (next: Partial<Draft>) => void;
  move: (by: -1 | 1) => void;
  remove: (() => void) | null;
}

/** Whom a rule gives to: of those it may give to. */
function People({ rule, within, set }: Pick<Props, 'rule' | 'within' | 'set'>) {
  const members = useMembers();
  const departments = useDepartments();
  const reached = (department: Id | null) =>
    !within || !rule.mine || (department !== null && within.includes(department));
  const value =
    rule.department_id === null ? rule.member_ids.map((id) => `m${id}`) : [`d${rule.department_id}`];
  const options = [
    {
      label: t('ownership.group_departments'),
      options: (departments.data?.items ?? [])
        .filter((one) => reached(one.id))
        .map((one) => ({ value: `d${one.id}`, label: one.name })),
    },
    {
      label: t('ownership.group_people'),
      options: (members.data?.items ?? [])
        .filter((one) => one.active && reached(one.department_id))
        .map((one) => ({ value: `m${one.id}`, label: one.name })),
    },
  ];
  const choose = (next: string[]) => {
    const added = next.find((one) => !value.includes(one));
    if (added?.startsWith('d')) set({ department_id: Number(added.slice(1)), member_ids: [] });
    else {
      const people = next.filter((one) => one.startsWith('m')).map((one) => Number(one.slice(1)));
      set({ department_id: null, member_ids: people });
    }
  };
  return (
    <Select
      mode="multiple"
      className="assign-people"
      aria-label={t('ownership.people')}
      placeholder={t('ownership.people_hint')}
      value={value}
      disabled={!rule.mine}
      showSearch={{ optionFilterProp: 'label' }}
      options={rule.way === 'fixed' ? options.slice(1) : options}
      onChange={choose}
    />
  );
}

/** One rule as a sentence: if …, give to … by turns, within … else …; at most … each. */
export function RuleCard({ rule, within, at, last, count, wrong, set, move, remove }: Props) {
  const { name } = rule;
  return (
    <li className="sheet assign-rule">
      <header>
        <span className="assign-number">{at + 1}</span>
        <input
          className="assign-name"
          aria-label={t('ownership.name')}
          placeholder={t('ownership.name_hint')}
          maxLength={40}
          value={name}
          disabled={!rule.mine}
          onChange={(event) => set({ name: event.target.value })}
        />
        {count === undefined ? null : (
          <span className="meta">{t('ownership.preview_many', { n: count })}</span>
        )}
        {last ? null : (
          <>
            <button
              type="button"
              className="icon-act"
              disabled={at === 0}
              aria-label={t('ownership.up', { name })}
              onClick={() => move(-1)}
            >
              <ArrowUp size={16} strokeWidth={1.6} />
            </button>
            <button
              type="button"
              className="icon-act"
              aria-label={t('ownership.down', { name })}
              onClick={() => move(1)}
            >
              <ArrowDown size={16} strokeWidth={1.6} />
            </button>
          </>
        )}
        {remove ? (
          <button
            type="button"
            className="icon-act"
            disabled={!rule.mine}
            aria-label={t('ownership.remove', { name })}
            onClick={remove}
          >
            <Trash2 size={16} strokeWidth={1.6} />
          </button>
        ) : null}
      </header>
      <div className="assign-line">
        <span className="assign-word">{t('ownership.when')}</span>
        {last ? <b>{t('ownership.rest')}</b> : <Conditions rule={rule} set={set} />}
      </div>
      <div className="assign-line">
        <span className="assign-word">{t('ownership.give')}</span>
        <People rule={rule} within={within} set={set} />
        <Select
          aria-label={t('ownership.way')}
          value={rule.way}
          disabled={!rule.mine}
          options={WAYS.map((one) => ({ value: one, label: t(`ownership.way_${one}`) }))}
          onChange={(way) => set(way === 'fixed' ? { way, department_id: null } : { way })}
        />
        {rule.way === 'turns' && rule.last ? (
          <span className="meta">{t('ownership.last', { name: rule.last })}</span>
        ) : null}
      </div>
      <div className="assign-line">
        <LimitInput
          value={rule}
          disabled={!rule.mine}
          set={({ amount, clock, otherwise }) => set({ amount, clock, otherwise })}
        />
        <span className="own-limit">
          {t('ownership.most')}
          <InputNumber
            aria-label={t('ownership.most')}
            min={1}
            precision={0}
            value={rule.most_open}
            placeholder={t('ownership.most_any')}
            disabled={!rule.mine}
            onChange={(most_open) => set({ most_open })}
          />
          {t('ownership.most_unit')}
        </span>
      </div>
      {wrong ? (
        <p className="verm" role="alert">
          {wrong}
        </p>
      ) : null}
      {rule.mine ? null : <p className="meta">{t('ownership.not_yours')}</p>}
    </li>
  );
}
