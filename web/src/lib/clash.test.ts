import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import type { Field } from '@/api/types';
import { clashFields, clashOf, kept } from './clash';

const field = (slug: string): Field => ({ slug, label: { zh: slug, en: slug } }) as Field;
const clash = {
  sentence: '',
  theirs: { region: '苏州', amount: 5, reports_to_id: 3 },
  version: 4,
  by: '刘洋',
  at: null,
};
const show = (_: Field, value: unknown) => String(value);

describe('two people changed one row', () => {
  it('names the other and what he changed', () => {
    const failure = new ApiError(409, {
      code: 'conflict',
      zh: '刘洋刚改过这条：地区。留谁的？',
      en: '',
      theirs: { region: '苏州' },
      version: 4,
      by: { id: 2, name: '刘洋' },
      at: '2026-11-24T02:12:00Z',
      changed: ['region'],
    });
    expect(clashOf(failure)).toEqual({
      sentence: '刘洋刚改过这条：地区。留谁的？',
      theirs: { region: '苏州' },
      version: 4,
      by: '刘洋',
      at: '2026-11-24T02:12:00Z',
    });
    expect(clashOf(new Error('x'))).toBeNull();
  });

  it('preselects mine only where the other did not change', () => {
    const was = { region: '', amount: 5 };
    const mine = { region: '昆山', amount: 7, notes: '新' };
    const found = clashFields([field('region'), field('amount'), field('notes')], was, mine, clash, show);
    expect(found.map((one) => [one.slug, one.both])).toEqual([
      ['region', true],
      ['amount', false],
      ['notes', false],
    ]);
  });

  it('sends mine where chosen, and what nobody else touched', () => {
    const found = clashFields([field('region')], { region: '' }, { region: '昆山' }, clash, show);
    expect(kept({ region: '昆山', notes: '新' }, found, new Set())).toEqual({ notes: '新' });
    expect(kept({ region: '昆山', notes: '新' }, found, new Set(['region']))).toEqual({
      region: '昆山',
      notes: '新',
    });
  });

  it('finds the column of a link under its own name', () => {
    const found = clashFields([field('reports_to')], { reports_to: 1 }, { reports_to: 2 }, clash, show);
    expect(found[0]?.theirs).toBe('3');
  });

  it('knows ranges and people of the team’s own fields by what they hold', () => {
    const range = { ...field('cf_1'), type: 'money_range' } as Field;
    const person = { ...field('cf_2'), type: 'member' } as Field;
    const theirs = { cf_1: { low: 1, high: 2 }, cf_2: 9 };
    const was = { cf_1: null, cf_2: { id: 9, name: '刘洋' } };
    const mine = { cf_1: { low: 1, high: 3 }, cf_2: 4 };
    const found = clashFields([range, person], was, mine, { ...clash, theirs }, (_, value) =>
      JSON.stringify(value),
    );
    expect(found.map((one) => [one.slug, one.mine, one.theirs, one.both])).toEqual([
      ['cf_1', '{"low":1,"high":3}', '{"low":1,"high":2}', true],
      ['cf_2', '4', '9', false],
    ]);
  });
});
