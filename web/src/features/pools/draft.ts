import type { PoolCaps, PoolPlan, PoolValues } from '@/api/pools';
import { t } from '@/locales';

let drawn = 0;

/** A pool while it is edited; `key` names it on the screen. */
export interface Draft extends PoolValues {
  key: string;
}
export interface PlanDraft extends PoolCaps {
  pools: Draft[];
}

const NEW: Omit<PoolValues, 'name'> = {
  id: null,
  condition: null,
  department_ids: [],
  days_contact: 45,
  days_progress: null,
  days_unsigned: null,
  over_held: false,
  warn_days: 3,
  cooldown_days: 30,
  first_workdays: 3,
  ask_classes: [],
};

export function newPool(first: boolean): Draft {
  drawn += 1;
  return { ...NEW, name: t(first ? 'pools.first_name' : 'pools.new_name'), key: `n${drawn}` };
}

export function begin(plan: PoolPlan): PlanDraft {
  const { claims_a_day, most_held, most_untouched } = plan;
  const pools = plan.pools.map(
    ({ wrong: _wrong, count: _count, departments: _departments, ...values }): Draft => ({
      ...values,
      key: `p${values.id}`,
    }),
  );
  return { claims_a_day, most_held, most_untouched, pools };
}

export const valuesOf = ({ key: _key, ...values }: Draft): PoolValues => values;

/** What is sent, by which a draft is known to differ. */
const sent = ({ pools, ...caps }: PlanDraft) => JSON.stringify([caps, pools.map(valuesOf)]);
export const isChanged = (plan: PoolPlan, draft: PlanDraft): boolean => sent(begin(plan)) !== sent(draft);

/** The rows with one moved a place up or down. */
export function moved<T>(rows: readonly T[], from: number, by: number): T[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(from + by, 0, row);
  return next;
}
