import { describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { isChosen, needsRoom, readCell, typedCell } from './cells';

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

  it('takes figures, days, answers and people as the API does', () => {
    expect(readCell(of('number'), '1,200.5')).toBe(1200.5);
    expect(readCell(of('percent'), '7.5%')).toBe(7.5);
    expect(readCell(of('rating'), '')).toBeNull();
    expect(readCell(of('number'), 'many')).toBeUndefined();
    expect(readCell(of('date'), '2026年12月8日')).toBe('2026-12-08');
    expect(readCell(of('date'), '2026-02-30')).toBeUndefined();
    expect(readCell(of('date'), '')).toBeNull();
    expect(['true', 'false', ''].map((typed) => readCell(of('bool'), typed))).toEqual([true, false, null]);
    expect(typedCell(of('bool'), false)).toBe('false');
    expect(typedCell(of('member'), { id: 7, name: '赵敏' })).toBe('7');
    expect([readCell(of('member'), '7'), readCell(of('department'), '')]).toEqual([7, null]);
  });

  it('asks in a card of its own for what has no room in a cell', () => {
    const wide: Field['type'][] = ['options', 'money_range', 'datetime', 'lunar_date', 'longtext'];
    expect(wide.every((type) => needsRoom(of(type)))).toBe(true);
    expect(needsRoom(of('money'))).toBe(false);
    expect((['option', 'bool', 'member', 'department'] as const).every((type) => isChosen(of(type)))).toBe(
      true,
    );
  });

  it('leaves text as it is, without the blanks around it', () => {
    expect(readCell(of('text'), ' 苏州 ')).toBe('苏州');
    expect(readCell(of('option'), '')).toBe('');
  });
});
