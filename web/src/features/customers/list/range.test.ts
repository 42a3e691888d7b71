import { describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { rangeCondition } from './range';

const field = (slug: string, type: Field['type']): Field => ({
  slug,
  label: { zh: slug, en: slug },
  type,
  options: null,
  required: false,
  list: true,
  sort: true,
  filter: true,
  group: 'basic',
  read_only: false,
});

describe('a range as a person types it', () => {
  it('asks for money in yuan and keeps it in fen', () => {
    const amount = field('amount', 'money');
    expect(rangeCondition(amount, '600000', '')).toEqual({ field: 'amount', op: 'gte', value: 60_000_000 });
    expect(rangeCondition(amount, '', '12.5')).toEqual({ field: 'amount', op: 'lte', value: 1250 });
    expect(rangeCondition(amount, '1', '2')).toEqual({ field: 'amount', op: 'between', value: [100, 200] });
  });

  it('leaves days as they are', () => {
    const day = field('last_contact_at', 'datetime');
    expect(rangeCondition(day, '2026-11-01', '')).toEqual({
      field: 'last_contact_at',
      op: 'gte',
      value: '2026-11-01',
    });
  });

  it('is no condition while nothing or nonsense stands there', () => {
    const amount = field('amount', 'money');
    expect(rangeCondition(amount, '', '')).toBeNull();
    expect(rangeCondition(amount, 'many', '')).toBeNull();
    expect(rangeCondition(amount, '1', 'x')).toBeNull();
  });
});
