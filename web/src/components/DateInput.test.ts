import { expect, it } from 'vitest';
import { readDay } from './DateInput';

it('reads the ways people write a day, and no day that does not exist', () => {
  for (const text of ['2026-11-04', '2026/11/4', '2026.11.4', '2026年11月4日']) {
    expect(readDay(text)).toBe('2026-11-04');
  }
  for (const text of ['2026-02-30', '2026-13-01', '11月4日', '', 'x']) expect(readDay(text)).toBeNull();
});
