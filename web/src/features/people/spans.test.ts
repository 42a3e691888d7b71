import { describe, expect, it } from 'vitest';
import { daysIn, spansOf } from './spans';

describe('days of the working calendar', () => {
  it('makes one line of neighbours that say the same', () => {
    const days = ['2026-12-31', '2027-01-01', '2027-01-02'].map((day) => ({
      day,
      works: false,
      name: '年会',
    }));
    expect(spansOf([...days, { day: '2027-01-03', works: true }])).toEqual([
      { from: '2026-12-31', to: '2027-01-02', works: false, name: '年会' },
      { from: '2027-01-03', to: '2027-01-03', works: true, name: '' },
    ]);
  });
  it('names every day of a span and none of one that ends too early', () => {
    expect(daysIn('2026-02-28', '2026-03-01')).toEqual(['2026-02-28', '2026-03-01']);
    expect(daysIn('2026-03-01', '2026-02-28')).toEqual([]);
  });
});
