import { expect, it } from 'vitest';
import { shiftDay, shiftMonth, weeksOf } from './calendar';

it('begins weeks on Monday and fills them with the neighbours', () => {
  const weeks = weeksOf('2026-11-24');
  expect(weeks.length).toBe(6);
  expect(weeks[0]?.[0]).toBe('2026-10-26');
  expect(weeks[0]?.[6]).toBe('2026-11-01');
  expect(weeks.at(-1)?.[0]).toBe('2026-11-30');
  expect(weeksOf('2027-02-10').length).toBe(4);
});

it('moves by days and months over the ends of months and years', () => {
  expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
  expect(shiftDay('2028-03-01', -1)).toBe('2028-02-29');
  expect(shiftMonth('2026-01-31', 1)).toBe('2026-02-28');
  expect(shiftMonth('2026-01-15', -1)).toBe('2025-12-15');
});
