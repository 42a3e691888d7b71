import { describe, expect, it } from 'vitest';
import type { Measure, TargetTable } from '@/api/targets';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { changes, type Edits, fillIn, read, rebased, textOf, typed } from './set-state';

setCatalogue('zh-CN', zh as never);
const COUNT = {
  slug: 'records',
  money: false,
  most: 1_000_000,
  unit: { zh: '条', en: 'records' },
} as Measure;
const MONEY = { slug: 'amount', money: true, most: 10 ** 15, unit: { zh: '元', en: 'yuan' } } as Measure;
const row = (id: number, records: number | null, amount: number | null) => ({
  id,
  name: `${id}`,
  targets: { records, amount },
  last_targets: {},
  last: {},
});
const TABLE = {
  month: '2026-11',
  measures: [COUNT, MONEY],
  departments: [{ ...row(7, 100, null), depth: 1 }],
  people: [{ ...row(1, 40, 80_000_000), department_id: 7 }],
} as TargetTable;

describe('a cell of the table', () => {
  it('reads whole numbers, amounts in 万, and blanks', () => {
    expect(read(COUNT, ' 1,200 ')).toEqual({ number: 1200 });
    expect(read(COUNT, '４０')).toEqual({ number: 40 });
    expect(read(MONEY, '12.5万')).toEqual({ number: 12_500_000 });
    expect(read(MONEY, '0.0001')).toEqual({ number: 100 });
    expect(read(COUNT, '')).toEqual({ number: null });
    expect(textOf(MONEY, 12_500_000)).toBe('12.5');
  });

  it('says in a sentence what is wrong', () => {
    for (const text of ['-1', '1.5', 'abc', '1e9', '+3'])
      expect(read(COUNT, text)).toEqual({ wrong: '要填 0 或更大的整数' });
    expect(read(COUNT, '1000001')).toEqual({ wrong: '太大了，最多 1,000,000 条' });
    expect(read(MONEY, '-3')).toEqual({ wrong: '要填金额，如 80 或 12.5（万元）' });
  });
});

const edit = (texts: Record<string, string>): Edits =>
  Object.entries(texts).reduce<Edits>((all, [key, text]) => typed(TABLE, all, key, text), {});

describe('the table', () => {
  it('says what stood there at the first letter, until somebody is told of another number', () => {
    const first = edit({ 'member.1.records': '4' });
    const later = { ...TABLE, people: [{ ...row(1, 60, null), department_id: 7 }] } as TargetTable;
    const edits = typed(later, first, 'member.1.records', '45');
    expect(changes(later, edits).cells).toEqual([{ member_id: 1, measure: 'records', number: 45, was: 40 }]);
    expect(changes(later, rebased(later, edits)).cells).toEqual([
      { member_id: 1, measure: 'records', number: 45, was: 60 },
    ]);
  });

  it('sends what differs, with what was seen', () => {
    const edits = edit({ 'member.1.records': '45', 'member.1.amount': '80', 'department.7.amount': 'x' });
    expect(changes(TABLE, edits)).toEqual({
      cells: [{ member_id: 1, measure: 'records', number: 45, was: 40 }],
      wrong: 1,
    });
    expect(changes(TABLE, edit({ 'member.1.records': '' })).cells).toEqual([
      { member_id: 1, measure: 'records', number: null, was: 40 },
    ]);
  });

  it('takes proposals over what was typed only where they were asked for', () => {
    const cells = [{ member_id: 1, department_id: null, measure: 'records', number: 50 }];
    expect(fillIn(TABLE, edit({ 'member.1.records': '45' }), cells, false)).toEqual(
      edit({ 'member.1.records': '45' }),
    );
    expect(fillIn(TABLE, edit({ 'member.1.records': '45' }), cells, true)).toEqual(
      edit({ 'member.1.records': '50' }),
    );
  });
});
