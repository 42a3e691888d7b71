import { beforeAll, describe, expect, it } from 'vitest';
import type { Field, FieldType } from '@/api/types';
import type { Node } from './filter';
import { holds, standing } from './judge';
import { setServerNow, setZone } from './time';

const field = (slug: string, type: FieldType, more: Partial<Field> = {}): Field =>
  ({ slug, type, label: { zh: slug, en: slug }, required: false, ...more }) as Field;
const FIELDS = new Map(
  [
    field('stage', 'option'),
    field('cf_1', 'number'),
    field('cf_2', 'options'),
    field('cf_3', 'date'),
    field('cf_4', 'datetime'),
    field('cf_5', 'bool'),
    field('cf_6', 'member'),
    field('cf_7', 'text'),
    field('cf_8', 'department'),
    field('cf_9', 'money_range'),
    field('cf_10', 'address'),
  ].map((one) => [one.slug, one]),
);
const WHO = { me: 7, ours: 3 };
const VALUES = {
  stage: 'deal',
  cf_1: 12.5,
  cf_2: ['o_1', 'o_2'],
  // A Tuesday, like today.
  cf_3: '2026-11-24',
  cf_4: '2026-11-24T06:30:00Z',
  cf_5: false,
  cf_6: { id: 7, name: '我' },
  cf_7: 'PLC 兼容',
  cf_9: { low: 100, high: null },
  cf_10: { region: ['浙江', '杭州'], street: '文三路' },
};
const met = (node: unknown) => holds(node, FIELDS, VALUES, WHO);

beforeAll(() => {
  setZone('Asia/Shanghai');
  setServerNow('2026-11-24T02:12:00Z');
});

const YES: Node[] = [
  { field: 'stage', op: 'in', value: ['deal', 'won'] },
  { field: 'stage', op: 'ne', value: 'lead' },
  { field: 'cf_1', op: 'gte', value: 12.5 },
  { field: 'cf_1', op: 'between', value: [12, 13] },
  { field: 'cf_2', op: 'has', value: 'o_2' },
  { field: 'cf_3', op: 'eq', value: { relative: 'today' } },
  { field: 'cf_3', op: 'eq', value: { relative: 'quarter' } },
  { field: 'cf_3', op: 'gte', value: { relative: '-7d' } },
  { field: 'cf_3', op: 'lt', value: '2026-11-25' },
  { field: 'cf_3', op: 'eq', value: { relative: 'week' } },
  { field: 'cf_4', op: 'eq', value: '2026-11-24' },
  { field: 'cf_4', op: 'eq', value: '2026-11-24 14:30' },
  { field: 'cf_4', op: 'gt', value: { relative: '+2h' } },
  { field: 'cf_4', op: 'between', value: ['2026-11-01', { relative: 'month' }] },
  { field: 'cf_5', op: 'eq', value: false },
  { field: 'cf_5', op: 'not_empty' },
  { field: 'cf_6', op: 'in', value: ['me'] },
  { field: 'cf_7', op: 'contains', value: 'plc' },
  { field: 'cf_7', op: 'starts', value: 'PLC' },
  { field: 'cf_9', op: 'gte', value: 100 },
  { field: 'cf_9', op: 'between', value: [50, 150] },
  { field: 'cf_10', op: 'in', value: ['江苏', '浙江'] },
  { field: 'cf_10', op: 'not_in', value: ['浙江/宁波', '浙'] },
  { field: 'cf_10', op: 'contains', value: '文三' },
  { field: 'cf_8', op: 'empty' },
  { field: 'cf_8', op: 'ne', value: 3 },
  { and: [{ field: 'cf_5', op: 'eq', value: false }, { not: { field: 'stage', op: 'eq', value: 'lead' } }] },
  {
    or: [
      { field: 'cf_8', op: 'eq', value: 'my_department' },
      { field: 'cf_1', op: 'lt', value: 13 },
    ],
  },
];
const NO: Node[] = [
  { field: 'stage', op: 'not_in', value: ['deal'] },
  { field: 'cf_1', op: 'gt', value: 12.5 },
  { field: 'cf_2', op: 'has', value: 'o_9' },
  { field: 'cf_3', op: 'eq', value: { relative: 'last_month' } },
  { field: 'cf_3', op: 'gt', value: '2026-11-24' },
  { field: 'cf_4', op: 'lt', value: '2026-11-24' },
  { field: 'cf_4', op: 'eq', value: { relative: 'yesterday' } },
  { field: 'cf_6', op: 'eq', value: 8 },
  { field: 'cf_8', op: 'eq', value: 'my_department' },
  { field: 'cf_99', op: 'not_empty' },
];

describe('a condition of the form', () => {
  it.each(YES.map((node) => [JSON.stringify(node), node] as const))('holds: %s', (_, node) => {
    expect(met(node)).toBe(true);
    expect(met({ not: node })).toBe(false);
  });
  it.each(NO.map((node) => [JSON.stringify(node), node] as const))('does not hold: %s', (_, node) => {
    expect(met(node)).toBe(false);
  });
  it('that says nothing always holds', () => {
    expect([met({}), met(undefined)]).toEqual([true, true]);
  });
});

describe('the fields that stand on the form', () => {
  const won = { field: 'stage', op: 'eq', value: 'deal' };
  const lead = { field: 'stage', op: 'eq', value: 'lead' };
  const all = [
    field('cf_1', 'number', { visible_when: lead }),
    field('cf_2', 'options', { required_when: won }),
    field('cf_3', 'date', { required_when: lead }),
    field('cf_4', 'datetime', { visible_when: won, required_when: {} }),
    field('cf_7', 'text', { required: true }),
  ];
  it('follow the values', () => {
    const found = standing(all, [...FIELDS.values()], VALUES, WHO);
    expect(found.map((one) => [one.slug, one.required])).toEqual([
      ['cf_2', true],
      ['cf_3', false],
      ['cf_4', true],
      ['cf_7', true],
    ]);
    const early = standing(all, [...FIELDS.values()], { ...VALUES, stage: 'lead' }, WHO);
    expect(early.map((one) => [one.slug, one.required])).toEqual([
      ['cf_1', false],
      ['cf_2', false],
      ['cf_3', true],
      ['cf_7', true],
    ]);
  });
  it('are reminded of until the day from which they are required', () => {
    const from = (required_from: string) => field('cf_3', 'date', { required_when: {}, required_from });
    const found = standing([from('2026-11-24'), from('2026-11-25')], [], VALUES, WHO);
    expect(found.map((one) => [one.required, one.reminded])).toEqual([
      [true, undefined],
      [false, true],
    ]);
  });
});
