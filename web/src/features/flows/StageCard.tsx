import { Input, InputNumber, Select } from 'antd';
import { Plus, Trash2, X } from 'lucide-react';
import type { By, Flows, FlowWho, Stage } from '@/api/approval-flows';
import { useDepartments } from '@/api/queries';
import { Conditions } from '@/components/list/filter/Conditions';
import { UpDown } from '@/components/UpDown';
import { joined, partsOf } from '@/lib/filter';
import { words } from '@/lib/names';
import { t } from '@/locales';

const WHO: readonly FlowWho[] = ['superior', 'head', 'department', 'role', 'member'];
const MOST_BY = 10;
const MOST_CONDITIONS = 3;

/** Who is asked, as one pill with what it needs. */
function ByPick({
  by,
  set,
  remove,
  flows,
}: {
  by: By;
  set: (by: By) => void;
  remove: (() => void) | null;
  flows: Flows;
}) {
  const departments = useDepartments().data?.items ?? [];
  const among: Partial<Record<FlowWho, { value: number; label: string }[]>> = {
    department: departments.map((one) => ({ value: Number(one.id), label: one.name })),
    member: flows.people.map((one) => ({ value: Number(one.id), label: one.name })),
  };
  const choices = among[by.who];
  return (
    <span className="flo-by">
      <Select<FlowWho>
        aria-label={t('flows.whom')}
        value={by.who}
        popupMatchSelectWidth={false}
        options={WHO.map((one) => ({ value: one, label: t(`flows.who_${one}`) }))}
        onChange={(who) => set({ who })}
      />
      {choices ? (
        <Select<number>
          aria-label={t(`flows.who_${by.who}`)}
          placeholder={t('flows.choose')}
          value={by.id ?? null}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={choices}
          onChange={(id) => set({ who: by.who, id })}
        />
      ) : null}
      {by.who === 'role' ? (
        <Select
          aria-label={t('flows.who_role')}
          placeholder={t('flows.choose')}
          value={by.role || null}
          popupMatchSelectWidth={false}
          options={flows.roles.map((one) => ({ value: one.key, label: words(one) }))}
          onChange={(role: string) => set({ who: 'role', role })}
        />
      ) : null}
      {remove ? (
        <button type="button" className="icon-act" aria-label={t('flows.by_remove')} onClick={remove}>
          <X size={15} strokeWidth={1.6} />
        </button>
      ) : null}
    </span>
  );
}

/** One step as a sentence with pills: who, all or any, when it is left out, how long it may take. */
export function StageCard({
  stage,
  at,
  of,
  set,
  move,
  remove,
  flows,
  wrong,
}: {
  stage: Stage;
  at: number;
  of: number;
  set: (stage: Stage) => void;
  move: (by: number) => void;
  remove: () => void;
  flows: Flows;
  wrong: string;
}) {
  const { by } = stage;
  const nth = t('flows.nth', { n: at + 1 });
  return (
    <li className="flo-stage" data-wrong={wrong ? true : undefined}>
      <div className="flo-stage-head">
        <span className="flo-nth">{at + 1}</span>
        <Input
          variant="borderless"
          aria-label={t('flows.stage_name', { nth })}
          placeholder={t('flows.stage_name_hint')}
          maxLength={40}
          value={stage.name}
          onChange={(event) => set({ ...stage, name: event.target.value })}
        />
        <UpDown at={at} count={of} move={(_, by) => move(by)} />
        <button
          type="button"
          className="icon-act"
          aria-label={t('flows.stage_remove', { nth })}
          onClick={remove}
        >
          <Trash2 size={16} strokeWidth={1.6} />
        </button>
      </div>
      <div className="flo-line">
        <span>{t('flows.ask')}</span>
        {by.map((one, place) => (
          <ByPick
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place
            key={`${place} ${one.who}`}
            by={one}
            set={(next) => set({ ...stage, by: by.map((each, index) => (index === place ? next : each)) })}
            remove={
              by.length > 1 ? () => set({ ...stage, by: by.filter((_, index) => index !== place) }) : null
            }
            flows={flows}
          />
        ))}
        {by.length < MOST_BY ? (
          <button
            type="button"
            className="act"
            onClick={() => set({ ...stage, by: [...by, { who: 'role' }] })}
          >
            <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
            {t('flows.by_add')}
          </button>
        ) : null}
      </div>
      <div className="flo-line">
        <Select
          aria-label={t('flows.need')}
          value={stage.need}
          popupMatchSelectWidth={false}
          options={(['all', 'any'] as const).map((one) => ({ value: one, label: t(`flows.need_${one}`) }))}
          onChange={(need) => set({ ...stage, need })}
        />
        <InputNumber
          className="flo-number"
          aria-label={t('flows.workdays')}
          min={1}
          max={60}
          precision={0}
          value={stage.workdays}
          onChange={(workdays) => set({ ...stage, workdays: workdays ?? 1 })}
        />
        <span>{t('flows.workdays')}</span>
      </div>
      <div className="flo-line">
        <span>{t('flows.skip')}</span>
        <Conditions
          nodes={partsOf(stage.skip)}
          set={(next) => set({ ...stage, skip: joined(next) ?? undefined })}
          most={MOST_CONDITIONS}
          joint={<span>{t('filters.and')}</span>}
          title={t('filters.build')}
          nothing={t('flows.skip_none')}
        />
        {stage.skip ? null : <span className="meta">{t('flows.skip_none')}</span>}
      </div>
      {wrong ? (
        <p className="verm" role="alert">
          {wrong}
        </p>
      ) : null}
    </li>
  );
}
