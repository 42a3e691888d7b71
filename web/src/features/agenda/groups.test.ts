import { beforeAll, expect, it } from 'vitest';
import type { AgendaItem } from '@/api/types';
import { setServerNow, setZone } from '@/lib/time';
import { grouped, groupOf } from './groups';

const due = (id: number, due_at: string): AgendaItem => ({
  id,
  version: 1,
  act: '电话问结论',
  due_at,
  precision: 'minute',
  owner: null,
  customer: null,
});

beforeAll(() => {
  setZone('Asia/Shanghai');
  setServerNow('2026-11-24T02:12:00Z');
});

it('parts the list by the days of the team', () => {
  expect(groupOf(due(1, '2026-11-24T02:00:00Z'))).toBe('overdue');
  expect(groupOf(due(2, '2026-11-24T15:59:00Z'))).toBe('today');
  expect(groupOf(due(3, '2026-11-24T16:00:00Z'))).toBe('tomorrow');
  expect(groupOf(due(4, '2026-11-25T16:00:00Z'))).toBe('later');
});

it('leaves out empty groups and keeps the order of the days', () => {
  const found = grouped([due(4, '2026-12-01T02:00:00Z'), due(2, '2026-11-24T06:00:00Z')]);
  expect(found.map((one) => [one.group, one.items.map((item) => item.id)])).toEqual([
    ['today', [2]],
    ['later', [4]],
  ]);
});
