import { describe, expect, it } from 'vitest';
import type { PaperField } from '@/api/designs';
import { entryOf, partsOf } from './draft';
import { laidPaper, listOf, type Naming, optionsOf, rowsOf, wrongOf } from './paper';
import { draft, field } from './samples';

const asked = (label: string, values: Partial<PaperField> = {}): PaperField => ({
  label,
  type: 'text',
  group: '',
  required: false,
  help: '',
  options: [],
  settings: {},
  sample: '',
  list: null,
  known: null,
  ...values,
});
const here = (key: string, hidden = false): PaperField['known'] => ({
  record_type: 'customer',
  label: { zh: '客户', en: 'customer' },
  key,
  field: { zh: key.toUpperCase(), en: '' },
  here: true,
  hidden,
  by: 'label',
});
function naming(): Naming {
  let n = 0;
  const next = (of: string) => `${of}${++n}`;
  return {
    uid: next,
    list: () => next('list'),
    group: () => next('g'),
    groupName: (one, key) => one.groups.find((group) => group.key === key)?.zh ?? key,
    given: (type) => type === 'serial',
  };
}

describe('a document laid into the form', () => {
  it('brings new fields in its order, in its groups, and never doubles one', () => {
    const rows = rowsOf([
      asked('样品', { group: '寄样', required: true, help: '写型号' }),
      asked('A', { known: here('a') }),
      asked('车', { group: '车' }),
      asked('数量', { group: '寄样', type: 'number', settings: { unit: '件' } }),
    ]);
    const { draft: next, made } = laidPaper(draft(), rows, false, naming());
    expect(made).toEqual(['f1', 'f3', 'f4']);
    expect(next.fields.map((one) => one.uid).join(' ')).toBe('a b h c d s e f1 f4 f3');
    expect(entryOf(next, 'f1')).toMatchObject({
      zh: '样品',
      group: 'g2',
      required: true,
      help_zh: '写型号',
      own: true,
    });
    expect(entryOf(next, 'f3')?.group).toBe('car');
    expect(entryOf(next, 'f4')?.settings).toEqual({ unit: '件' });
    expect(next.groups.map((group) => group.zh)).toEqual(['车', '寄样']);
  });

  it('brings a field that was put away back, and leaves what the system fills in', () => {
    const rows = rowsOf([asked('H', { known: here('h', true) }), asked('S', { known: here('s') })]);
    expect(rows.map((row) => row.on)).toEqual([true, false]);
    const { draft: next, made } = laidPaper(draft(), rows, true, naming());
    expect(made).toEqual([]);
    expect(entryOf(next, 'h')?.hidden).toBe(false);
    expect(entryOf(next, 's')?.group).toBe('basic');
  });

  it('arranges what stands there as the document does', () => {
    const rows = rowsOf([
      asked('E', { group: '一', known: here('e') }),
      asked('A', { group: '二', known: here('a') }),
      asked('新', { group: '一' }),
    ]);
    const { draft: next } = laidPaper(draft(), rows, true, naming());
    expect(partsOf(next).map((part) => part.fields.map((one) => one.uid).join(''))).toEqual([
      'ef3',
      'a',
      'bc',
      'd',
      '',
    ]);
  });

  it('makes a list of options, or takes one that is there while nobody changes it', () => {
    const choice = asked('方式', { type: 'option', options: ['电话', '面谈'], list: 'channel' });
    const [row] = rowsOf([choice]);
    if (!row) throw new Error();
    expect(listOf(row)).toBe('channel');
    const taken = laidPaper(draft(), [row], false, naming()).draft;
    expect([entryOf(taken, 'f1')?.options, taken.lists]).toEqual(['channel', {}]);
    const other = { ...row, options: '电话／面谈 / 面谈 / 传真' };
    expect(optionsOf(other)).toEqual(['电话', '面谈', '传真']);
    const made = laidPaper(draft(), [other], false, naming()).draft;
    const list = made.lists[entryOf(made, 'f1')?.options ?? ''];
    expect(list?.items.map((item) => item.zh)).toEqual(['电话', '面谈', '传真']);
  });

  it('says what stands against a row', () => {
    const there = { ...here('name'), here: false, field: { zh: '客户名称', en: '' } } as PaperField['known'];
    const rows = rowsOf([
      asked('A'),
      asked('同', {}),
      asked('同', {}),
      asked('选', { type: 'option' }),
      asked('客户名称', { known: there }),
      asked('好'),
    ]).map((row) => ({ ...row, on: true }));
    expect(rows.map((row) => wrongOf(row, rows, draft()))).toEqual([
      'twice',
      'twice',
      'twice',
      'no_options',
      'rename',
      null,
    ]);
    const [first] = rows.map((row) => ({ ...row, zh: ' ' }));
    expect(first && wrongOf(first, rows, draft(field('cf_1', 'car')))).toBe('no_name');
  });
});
