import type { CarePlans, PlanValues } from '@/api/care';
import type { Node } from '@/lib/filter';

let drawn = 0;

/** A plan while it is edited; `at` names it on the screen. */
export interface PlanDraft extends PlanValues {
  at: string;
}
export interface TableDraft {
  most: number;
  days: number;
  key_condition: Node | null;
  plans: PlanDraft[];
}

export function newCarePlan(name: string): PlanDraft {
  drawn += 1;
  return {
    at: `n${drawn}`,
    key: '',
    name,
    condition: null,
    kind: 'return_visit',
    act: '',
    text: '',
    when: 'every',
    amount: 3,
    unit: 'months',
    festival: '',
    field: '',
    before: 0,
    review: false,
  };
}

export function beginTable({ most, days, key_condition, plans }: CarePlans): TableDraft {
  return {
    most,
    days,
    key_condition,
    plans: plans.map(({ id, ...values }) => ({ ...values, at: `p${id}` })),
  };
}

export const planValues = ({ at: _at, ...values }: PlanDraft): PlanValues => values;

const sent = ({ plans, ...limits }: TableDraft) => JSON.stringify([limits, plans.map(planValues)]);
export const tableChanged = (table: CarePlans, draft: TableDraft): boolean =>
  sent(beginTable(table)) !== sent(draft);
