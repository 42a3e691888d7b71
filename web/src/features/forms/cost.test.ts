import { expect, it } from 'vitest';
import type { Cost, FieldCost } from '@/api/designs';
import { dearest, extra, meterOf, secondsOf } from './cost';
import { hide, insert, newEntry, patch } from './draft';
import { draft } from './samples';

const cost = (key: string, seconds: number, share: number, views = 0): FieldCost => ({
  ...{ key, seconds, share, views, estimated: false, entries: 9, corrections: 0, filled: 9, advice: null },
});
const known = (records: number): Cost => ({
  records,
  types: { number: 5 },
  fields: [cost('a', 10, 0.5), cost('b', 20, 0.1), cost('c', 4, 1, 3), cost('d', 0, 0), cost('e', 0, 0)],
});
const meter = meterOf(known(100));
const number = newEntry('cf_9', 'number', { zh: '数字' });

it('counts an optional field as often as it is filled in, a demanded and a new one always', () => {
  expect(secondsOf(draft(), meter)).toBe(10 * 0.5 + 20 * 0.1 + 4);
  const must = patch(draft(), 'b', { required: true });
  expect(extra(draft(), must, 'b', meter)).toBe(18);
  expect(extra(draft(), patch(must, 'b', { visible_when: { field: 'a', op: 'empty' } }), 'b', meter)).toBe(0);
  const wider = insert(draft(), number, { group: 'basic', before: null });
  expect(extra(draft(), wider, 'cf_9', meter)).toBe(5);
  expect(extra(draft(), hide(draft(), 'c'), 'c', meter)).toBe(-4);
});

it('reckons with every field as filled in while there are too few records', () => {
  expect(secondsOf(draft(), meterOf(known(19)))).toBe(34);
});

it('names what costs most and is used least', () => {
  expect(dearest(draft(), meter, 2).map((field) => field.uid)).toEqual(['a', 'b']);
});
