import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, InputNumber } from 'antd';
import { Trash2 } from 'lucide-react';
import { type CarePlans, type PlanValues, previewLayer } from '@/api/care';
import { careChoices } from '@/components/care/CareRow';
import { Conditions } from '@/components/list/filter/Conditions';
import { Pick } from '@/components/Pick';
import { UpDown } from '@/components/UpDown';
import { joined, partsOf } from '@/lib/filter';
import { words } from '@/lib/names';
import { useSettled } from '@/lib/settled';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { type PlanDraft, planValues } from './draft';

const WHENS = ['every', 'after_won', 'birthday', 'festival', 'date'] as const;
const UNITS = ['days', 'weeks', 'months'] as const;

/** How many customers the layer has now. */
function Layer({ plan }: { plan: PlanDraft }) {
  const asked = useSettled(JSON.stringify(plan.condition));
  const query = useQuery({
    queryKey: ['care', 'layer', asked],
    queryFn: () => previewLayer({ ...planValues(plan), name: plan.name || '-', act: plan.act || '-' }),
    retry: false,
    staleTime: 60_000,
  });
  if (query.error) return <span className="verm">{(query.error as Error).message}</span>;
  if (!query.data) return null;
  return (
    <span className="meta" title={query.data.names.join(t('common.list'))}>
      {t('care.layer_now', { n: query.data.n })}
    </span>
  );
}

function When({
  plan,
  table,
  set,
}: {
  plan: PlanDraft;
  table: CarePlans;
  set: (next: Partial<PlanValues>) => void;
}) {
  const festival = table.festivals.find((one) => one.key === plan.festival);
  return (
    <>
      <Pick
        label={t('care.when')}
        value={plan.when}
        clear={false}
        choices={WHENS.map((value) => ({ value, label: t(`care.when_${value}`) }))}
        onChange={(when) => set({ when: (when ?? 'every') as PlanValues['when'] })}
      />
      {plan.when === 'every' || plan.when === 'after_won' ? (
        <InputNumber
          className="care-plan-number"
          aria-label={t('care.interval')}
          min={1}
          max={1000}
          precision={0}
          value={plan.amount}
          onChange={(amount) => set({ amount: amount ?? 1 })}
        />
      ) : null}
      {plan.when === 'every' ? (
        <Pick
          label={t('care.unit')}
          value={plan.unit}
          clear={false}
          choices={UNITS.map((value) => ({ value, label: t(`care.unit_${value}`) }))}
          onChange={(unit) => set({ unit: (unit ?? 'months') as PlanValues['unit'] })}
        />
      ) : null}
      {plan.when === 'after_won' ? <span>{t('care.unit_days')}</span> : null}
      {plan.when === 'festival' ? (
        <>
          <Pick
            label={t('care.festival')}
            placeholder={t('care.festival')}
            value={plan.festival || null}
            clear={false}
            choices={table.festivals.map((one) => ({ value: one.key, label: words(one) }))}
            onChange={(key) => set({ festival: key ?? '' })}
          />
          {festival ? (
            <span className="care-mark">{t('care.next_on', { day: formatDay(festival.on) })}</span>
          ) : null}
        </>
      ) : null}
      {plan.when === 'date' ? (
        <Pick
          label={t('care.date_field')}
          placeholder={t('care.date_field')}
          value={plan.field || null}
          clear={false}
          choices={table.dates.map((one) => ({ value: one.slug, label: words(one) }))}
          onChange={(field) => set({ field: field ?? '' })}
        />
      ) : null}
      {plan.when === 'birthday' || plan.when === 'festival' || plan.when === 'date' ? (
        <span className="care-plan-part">
          {t('care.before')}
          <InputNumber
            className="care-plan-number"
            aria-label={t('care.before')}
            min={0}
            max={30}
            precision={0}
            value={plan.before}
            onChange={(before) => set({ before: before ?? 0 })}
          />
          {t('care.unit_days')}
        </span>
      ) : null}
    </>
  );
}

/** One plan as sentences: for whom, when, what. */
export function PlanCard({
  plan,
  table,
  at,
  count,
  wrong,
  set,
  move,
  remove,
}: {
  plan: PlanDraft;
  table: CarePlans;
  at: number;
  count: number;
  wrong: string;
  set: (next: Partial<PlanValues>) => void;
  move: (from: number, by: number) => void;
  remove: () => void;
}) {
  return (
    <li className="sheet care-plan">
      <header>
        <input
          className="care-plan-name"
          aria-label={t('care.plan_name')}
          maxLength={30}
          value={plan.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        {table.can.change ? <Layer plan={plan} /> : null}
        <UpDown at={at} count={count} move={move} />
        <button
          type="button"
          className="icon-act"
          aria-label={t('care.plan_remove', { name: plan.name })}
          onClick={remove}
        >
          <Trash2 size={16} strokeWidth={1.6} />
        </button>
      </header>
      <div className="care-plan-line">
        <span className="care-plan-word">{t('care.for_whom')}</span>
        {plan.condition ? null : <span>{t('care.everybody')}</span>}
        <Conditions
          nodes={partsOf(plan.condition)}
          set={(next) => set({ condition: joined(next) })}
          most={3}
          joint={<span>{t('filters.and')}</span>}
          title={t('filters.build')}
          nothing={t('care.everybody')}
        />
      </div>
      <div className="care-plan-line">
        <span className="care-plan-word">{t('care.when')}</span>
        <When plan={plan} table={table} set={set} />
      </div>
      <div className="care-plan-line">
        <span className="care-plan-word">{t('care.what')}</span>
        <Pick
          label={t('care.kind')}
          value={plan.kind}
          clear={false}
          choices={careChoices(table.options.care_kind)}
          onChange={(kind) => set({ kind: kind ?? '' })}
        />
        <Input
          className="care-plan-act"
          maxLength={120}
          aria-label={t('care.act')}
          placeholder={t('care.act')}
          value={plan.act}
          onChange={(event) => set({ act: event.target.value })}
        />
        <Checkbox checked={plan.review} onChange={(event) => set({ review: event.target.checked })}>
          {t('care.review')}
        </Checkbox>
      </div>
      <div className="care-plan-line">
        <span className="care-plan-word">{t('care.words')}</span>
        <Input.TextArea
          className="care-plan-text"
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={2000}
          aria-label={t('care.words')}
          placeholder={t('care.words_hint', { one: '{称呼}', two: '{客户}' })}
          value={plan.text}
          onChange={(event) => set({ text: event.target.value })}
        />
      </div>
      {wrong ? (
        <p className="verm" role="alert">
          {wrong}
        </p>
      ) : null}
    </li>
  );
}
