import type { Field } from '@/api/types';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { t } from '@/locales';

/** One condition of a rule as a person writes it: a field and the values that count, one of them is enough. */
export interface Asked {
  field: string;
  values: string[];
}

/** What a new customer is sorted by. */
export const FIELDS = ['region', 'source', 'industry', 'kind', 'tags', 'life_cycle', 'intent_class'];

type Op = 'in' | 'starts' | 'has';
const OPS: Record<string, Op> = { region: 'starts', tags: 'has' };
const opOf = (field: string): Op => OPS[field] ?? 'in';

interface Test {
  field: string;
  op: string;
  value?: unknown;
}

/** The filter expression behind conditions; null when there is none. */
export function toCondition(asked: readonly Asked[]): unknown {
  const parts = asked.filter((one) => one.values.length).map(partOf);
  return parts.length ? (parts.length === 1 ? parts[0] : { and: parts }) : null;
}

function partOf({ field, values }: Asked): unknown {
  const op = opOf(field);
  if (op === 'in') return { field, op, value: values };
  const tests = values.map((value) => ({ field, op, value }));
  return tests.length === 1 ? tests[0] : { or: tests };
}

/** Reads an expression back; null for one that only a program writes. */
export function fromCondition(condition: unknown): Asked[] | null {
  if (!condition) return [];
  const { and } = condition as { and?: unknown };
  const parts = Array.isArray(and) ? and : [condition];
  const read = parts.map(readPart);
  return read.every((one): one is Asked => one !== null) ? read : null;
}

function readPart(part: unknown): Asked | null {
  const { or } = part as { or?: unknown };
  const tests = (Array.isArray(or) ? or : [part]) as Test[];
  const field = tests[0]?.field;
  if (!field || !FIELDS.includes(field)) return null;
  const values: string[] = [];
  for (const test of tests) {
    const list = Array.isArray(test.value) ? test.value : [test.value];
    const fits = test.op === opOf(field) || (opOf(field) === 'in' && test.op === 'eq');
    if (test.field !== field || !fits || !list.every((one) => typeof one === 'string')) return null;
    values.push(...(list as string[]));
  }
  return { field, values };
}

/** 地区 以 江苏 或 浙江 开头，并且 客户来源 是 展会 */
export function conditionWords(asked: readonly Asked[], labels: Labels): string {
  return asked
    .map(({ field, values }) => {
      const found = labels.field('customer', field);
      const key = { in: 'is_one_of', starts: 'region_starts', has: 'has_one_of' } as const;
      return t(`ownership.${key[opOf(field)]}`, {
        name: found ? words(found.label) : field,
        values: values.map((one) => valueWords(found, one, labels)).join(t('ownership.or')),
      });
    })
    .join(t('ownership.and'));
}

function valueWords(field: Field | undefined, value: string, labels: Labels): string {
  return field?.options ? labels.label(field.options, value) || value : value;
}
