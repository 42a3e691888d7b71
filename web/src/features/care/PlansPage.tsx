import { Button, InputNumber } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type CarePlans, refreshCare, saveCarePlans, useCarePlans } from '@/api/care';
import { ApiError } from '@/api/client';
import { TopBar } from '@/app/TopBar';
import { CareTabs } from '@/components/CareTabs';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Conditions } from '@/components/list/filter/Conditions';
import { SubjectProvider } from '@/components/list/kind';
import { SkeletonRows } from '@/components/Skeletons';
import { joined, partsOf } from '@/lib/filter';
import { useHeld } from '@/lib/held';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { beginTable, newCarePlan, type PlanDraft, planValues, tableChanged } from './draft';
import { PlanCard } from './PlanCard';
import './care.css';

/** Which plan a refusal is about: `plans.2` is the third. */
function placeOf(failure: unknown): number | null {
  const found = failure instanceof ApiError ? /^plans\.(\d+)/.exec(failure.field ?? '') : null;
  return found ? Number(found[1]) : null;
}

function useSubjectOfCare(fields: readonly string[]) {
  const labels = useLabels();
  return useMemo(() => {
    const asked = labels.fields('customer').filter((one) => fields.includes(one.slug));
    return { record: 'customer', labels: { ...labels, fields: () => asked } };
  }, [labels, fields]);
}

function moved<T>(rows: readonly T[], from: number, by: number): T[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(from + by, 0, row);
  return next;
}

/** The plans as somebody reads them who may not change them. */
function Reading({ table }: { table: CarePlans }) {
  const { care_kind } = table.options;
  const kindOf = (key: string) => words(care_kind.find((one) => one.key === key)) || key;
  const festivalOf = (key: string) => words(table.festivals.find((one) => one.key === key));
  const fieldOf = (slug: string) => words(table.dates.find((one) => one.slug === slug));
  return (
    <div className="care-plans">
      <ol>
        {table.plans.map((plan) => (
          <li className="sheet care-plan" key={plan.key}>
            <p>
              <b>{plan.name}</b> <span className="meta">{kindOf(plan.kind)}</span>
            </p>
            <p className="second">
              {[
                plan.when === 'every'
                  ? t('care.read_every', { n: plan.amount, unit: t(`care.unit_${plan.unit}`) })
                  : plan.when === 'after_won'
                    ? t('care.read_after_won', { n: plan.amount })
                    : `${t(`care.when_${plan.when}`)}${plan.when === 'festival' ? ` ${festivalOf(plan.festival)}` : ''}${plan.when === 'date' ? ` ${fieldOf(plan.field)}` : ''}`,
                plan.act,
              ].join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Editor({ latest }: { latest: CarePlans }) {
  const {
    kept: table,
    draft,
    dirty,
    late,
    change,
    reset,
    settled,
  } = useHeld(latest, beginTable, tableChanged);
  useUnsaved(dirty);
  const subject = useSubjectOfCare(table.fields);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { plans, ...limits } = draft;
  const setPlans = (next: PlanDraft[]) => change((old) => ({ ...old, plans: next }));
  const wrongAt = placeOf(failure);
  const save = async () => {
    setBusy(true);
    setFailure(null);
    try {
      settled((await saveCarePlans(table.version, limits, plans.map(planValues))).version);
      say(t('care.plans_saved'));
      refreshCare();
    } catch (refusal) {
      setFailure(refusal);
      if (placeOf(refusal) === null) sayFailure(refusal);
    }
    setBusy(false);
  };
  const add = () => setPlans([...plans, newCarePlan(t('care.plan_new'))]);
  return (
    <SubjectProvider value={subject}>
      <div className="care-plans">
        <p className="second">{t('care.plans_line')}</p>
        <div className="sheet care-plan">
          <div className="care-plan-line">
            <span className="care-plan-word">{t('care.limits')}</span>
            <span className="care-plan-part">
              <InputNumber
                className="care-plan-number"
                aria-label={t('care.limit_days')}
                min={1}
                max={30}
                precision={0}
                value={limits.days}
                onChange={(days) => change((old) => ({ ...old, days: days ?? 7 }))}
              />
              {t('care.limit_within')}
              <InputNumber
                className="care-plan-number"
                aria-label={t('care.limit_most')}
                min={1}
                max={20}
                precision={0}
                value={limits.most}
                onChange={(most) => change((old) => ({ ...old, most: most ?? 2 }))}
              />
              {t('care.limit_times')}
            </span>
          </div>
          <div className="care-plan-line">
            <span className="care-plan-word">{t('care.key_customers')}</span>
            <Conditions
              nodes={partsOf(limits.key_condition)}
              set={(next) => change((old) => ({ ...old, key_condition: joined(next) }))}
              most={3}
              joint={<span>{t('filters.and')}</span>}
              title={t('filters.build')}
              nothing={t('care.key_usual')}
            />
            <span className="meta">{t('care.key_note')}</span>
          </div>
        </div>
        {plans.length ? null : (
          <EmptyState title={t('care.plans_none')} hint={t('care.plans_none_hint')}>
            <Button onClick={add}>{t('care.plan_add')}</Button>
          </EmptyState>
        )}
        <ol>
          {plans.map((plan, at) => (
            <PlanCard
              key={plan.at}
              plan={plan}
              table={table}
              at={at}
              count={plans.length}
              wrong={wrongAt === at ? (failure as Error).message : ''}
              set={(next) => setPlans(plans.map((one, place) => (place === at ? { ...one, ...next } : one)))}
              move={(from, by) => setPlans(moved(plans, from, by))}
              remove={() => setPlans(plans.filter((_, place) => place !== at))}
            />
          ))}
        </ol>
        <div className="care-plans-foot">
          <Button icon={<Plus size={15} strokeWidth={1.6} />} onClick={add}>
            {t('care.plan_add')}
          </Button>
          <span className="care-gap" />
          {late ? <span className="verm">{t('care.plans_late')}</span> : null}
          {dirty ? (
            <button type="button" className="act" onClick={reset}>
              {t(late ? 'care.read_again' : 'care.reset')}
            </button>
          ) : null}
          <Button type="primary" disabled={!dirty || late} loading={busy} onClick={() => void save()}>
            {t('care.plans_save')}
          </Button>
        </div>
      </div>
    </SubjectProvider>
  );
}

/** 维护计划表: layers × content × frequency; on the phone, and for whoever may not change them, to read. */
export function PlansPage() {
  const phone = usePhone();
  const query = useCarePlans();
  const table = query.data;
  const next = table?.festivals
    .filter((one) => one.how === 'lunar')
    .sort((a, b) => a.on.localeCompare(b.on))[0];
  return (
    <>
      <TopBar
        title={t('shell.care')}
        tabs={phone ? undefined : <CareTabs />}
        sentence={
          phone && next ? t('care.next_festival', { name: words(next), day: formatDay(next.on) }) : null
        }
      />
      {phone ? <CareTabs /> : null}
      {query.error && !table ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : !table ? (
        <SkeletonRows rows={4} height={120} />
      ) : table.can.change && !phone ? (
        <Editor latest={table} />
      ) : (
        <Reading table={table} />
      )}
    </>
  );
}
