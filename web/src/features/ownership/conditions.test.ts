import { expect, test } from 'vitest';
import { fromCondition, toCondition } from './conditions';

test('conditions are read back as they were written', () => {
  const asked = [
    { field: 'region', values: ['江苏', '浙江'] },
    { field: 'source', values: ['exhibition'] },
    { field: 'tags', values: ['重点'] },
  ];
  expect(fromCondition(toCondition(asked))).toEqual(asked);
  expect(toCondition([])).toBeNull();
  expect(toCondition([{ field: 'region', values: ['江苏'] }])).toEqual({
    field: 'region',
    op: 'starts',
    value: '江苏',
  });
  expect(fromCondition({ field: 'source', op: 'eq', value: 'online' })).toEqual([
    { field: 'source', values: ['online'] },
  ]);
});

test('what only a program writes is left alone', () => {
  expect(fromCondition({ not: { field: 'source', op: 'eq', value: 'online' } })).toBeNull();
  expect(fromCondition({ field: 'amount', op: 'gte', value: 1 })).toBeNull();
  expect(
    fromCondition({
      or: [
        { field: 'region', op: 'starts', value: '江苏' },
        { field: 'source', op: 'eq', value: 'online' },
      ],
    }),
  ).toBeNull();
});
