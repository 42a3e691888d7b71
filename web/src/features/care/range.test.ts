import { describe, expect, it } from 'vitest';
import { addDays, monthOf } from './range';

describe('the days of the care calendar', () => {
  it('are whole weeks around a month', () => {
    expect(monthOf('2026-11-24')).toEqual({ from: '2026-10-26', days: 42 });
    expect(monthOf('2027-02-10')).toEqual({ from: '2027-02-01', days: 28 });
  });
  it('go over the end of a year', () => {
    expect(addDays('2026-12-30', 14)).toBe('2027-01-13');
    expect(addDays('2027-01-05', -14)).toBe('2026-12-22');
  });
});
