import { describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { readCell, typedCell } from './cells';

const of = (type: Field['type']) => ({ slug: 'x', type }) as Field;

describe('a cell as one types it', () => {
  it('takes money in whole units, with commas, 万 and 亿', () => {
    const money = of('money');
    expect(typedCell(money, 86_000_000)).toBe('860000');
    expect(typedCell(money, null)).toBe('');
    expect(readCell(money, '860,000.5')).toBe(86_000_050);
    expect(readCell(money, '86万')).toBe(86_000_000);
    expect(readCell(money, '1.5 亿')).toBe(15_000_000_000);
    expect(readCell(money, '  ')).toBeNull();
    for (const text of ['dear', '8x', '万', '1e9', '‏%"']) expect(readCell(money, text)).toBeUndefined();
  });

  it('takes tags with any comma', () => {
    expect(readCell(of('tags'), '重点，老客户、 展会')).toEqual(['重点', '老客户', '展会']);
    expect(typedCell(of('tags'), ['重点', '老客户'])).toBe('重点，老客户');
    expect(readCell(of('tags'), '')).toEqual([]);
  });

  it('leaves text as it is, without the blanks around it', () => {
    expect(readCell(of('text'), ' 苏州 ')).toBe('苏州');
    expect(readCell(of('option'), '')).toBe('');
  });
});
