import type { Rule, RuleValues } from '@/api/ownership';
import { t } from '@/locales';
import { type Asked, fromCondition, toCondition } from './conditions';

let drawn = 0;

/** A rule while it is edited; `key` names it on the screen. */
export interface Draft extends RuleValues {
  key: string;
  /** The condition as it is written here; null when only a program can change it. */
  asked: Asked[] | null;
  last: string | null;
  mine: boolean;
}

const EMPTY: RuleValues = {
  id: null,
  name: '',
  condition: null,
  way: 'turns',
  department_id: null,
  member_ids: [],
  most_open: null,
  amount: 4,
  clock: 'work_hours',
  otherwise: 'next',
};

export function draftOf(rule: Rule): Draft {
  const { wrong: _wrong, people: _people, ...rest } = rule;
  return { ...rest, key: `r${rule.id}`, asked: fromCondition(rule.condition) };
}

export function newRule(rest: boolean): Draft {
  drawn += 1;
  const name = t(rest ? 'ownership.rest_name' : 'ownership.new_rule');
  return { ...EMPTY, name, key: `n${drawn}`, asked: [], last: null, mine: true };
}

export function valuesOf({ key: _key, asked, last: _last, mine: _mine, ...values }: Draft): RuleValues {
  return { ...values, condition: asked === null ? values.condition : toCondition(asked) };
}

/** The rules with one moved a place up or down; the last keeps its place. */
export function moved(rules: readonly Draft[], from: number, by: -1 | 1): Draft[] {
  const to = from + by;
  if (to < 0 || to >= rules.length - 1 || from >= rules.length - 1) return [...rules];
  const next = [...rules];
  const [row] = next.splice(from, 1);
  if (row) next.splice(to, 0, row);
  return next;
}
