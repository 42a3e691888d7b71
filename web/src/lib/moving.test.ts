import { beforeAll, expect, it } from 'vitest';
import { moveDays, moveLabels } from './moving';
import { setServerNow, setZone } from './time';

beforeAll(() => setZone('Asia/Shanghai'));

it.each([
  ['2026-11-23', [1, 4, 7], 'desk.friday', 'desk.monday'],
  ['2026-11-26', [1, 8, 4], 'desk.next_friday', 'desk.monday'],
  ['2026-11-27', [1, 7, 3], 'desk.next_friday', 'desk.monday'],
  ['2026-11-28', [1, 6, 2], 'desk.next_friday', 'desk.monday'],
  ['2026-11-29', [1, 5, 8], 'desk.next_friday', 'desk.monday_after'],
])('offers three different days on %s', (day, days, friday, monday) => {
  setServerNow(`${day}T02:00:00Z`);
  expect(moveDays()).toEqual(days);
  expect(moveLabels()).toEqual(['desk.tomorrow', friday, monday]);
});
