import { expect, it } from 'vitest';
import type { CustomerRow } from '@/api/types';
import { placeOf } from './use-list-keys';

const list = (...ids: (number | undefined)[]) => ({
  count: ids.length,
  at: (index: number) => {
    const id = ids[index];
    return id === undefined ? undefined : ({ id } as CustomerRow);
  },
});

it('follows the customer when rows come or go before it', () => {
  const held = { index: 2, id: 30 };
  expect(placeOf(list(10, 20, 30, 40), held)).toBe(2);
  expect(placeOf(list(5, 10, 20, 30, 40), held)).toBe(3);
  expect(placeOf(list(30, 40), held)).toBe(0);
});

it('stays in its place when the customer is gone, within the list', () => {
  expect(placeOf(list(10, 20, 40, undefined), { index: 2, id: 30 })).toBe(2);
  expect(placeOf(list(10), { index: 2, id: 30 })).toBe(0);
  expect(placeOf(list(), { index: 2, id: 30 })).toBe(0);
});
