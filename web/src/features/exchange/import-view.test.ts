import { describe, expect, it } from 'vitest';
import type { ImportColumn, ImportRow } from '@/api/exchange';
import { cellOf, cellsOf, shares, split, stepOf, unsureFirst } from './import-view';

const counts = { total: 482, ready: 418, confirm: 38, duplicate: 17, refused: 9 };

describe('the import wizard', () => {
  it('knows its step from the state, so that it can be left and come back to', () => {
    expect(stepOf('reading')).toBe(1);
    expect(stepOf('mapping')).toBe(2);
    expect(stepOf('checked')).toBe(3);
    for (const state of ['running', 'done', 'cancelled', 'undone', 'failed'] as const)
      expect(stepOf(state)).toBe(4);
  });
  it('says how many rows can go in now', () => {
    expect(split(counts)).toEqual({ ready: 418, open: 64 });
  });
  it('draws every verdict that exists, however few', () => {
    const parts = shares({ total: 10_001, ready: 10_000, confirm: 1, duplicate: 0, refused: 0 });
    expect(parts.confirm).toBe(1);
    expect(parts.duplicate).toBe(0);
  });
  it('asks first about what is not sure', () => {
    const columns = [
      { header: 'a', sure: true },
      { header: 'b', sure: false },
      { header: 'c', sure: true, field: 'followup.contact_at', seen: { doubt: true } },
    ] as ImportColumn[];
    expect(unsureFirst(columns).map((one) => one.header)).toEqual(['b', 'c', 'a']);
  });
  it('shows no time and no words for a list of customers', () => {
    const columns = [{ field: 'customer.name' }, { field: null }] as ImportColumn[];
    expect(cellsOf(columns)).toEqual(['customer', 'contact', 'info']);
    expect(cellsOf([...columns, { field: 'followup.summary' } as ImportColumn])).toHaveLength(5);
    expect(cellsOf([...columns, { field: 'agenda.act' } as ImportColumn])).toEqual([
      'customer',
      'due',
      'act',
    ]);
  });
  it('finds a cell by its short and by its full name', () => {
    const row = {
      values: { customer: '', contact_at: '2027.1.12 09:40' },
      cells: { 'followup.contact_at': 'bad', 'customer.name': 'bad' },
    } as unknown as ImportRow;
    expect(cellOf(row, 'contact_at')).toEqual({
      slug: 'followup.contact_at',
      text: '2027.1.12 09:40',
      state: 'bad',
    });
    expect(cellOf(row, 'customer')).toMatchObject({ text: '', state: 'bad' });
    expect(cellOf(row, 'channel').state).toBeNull();
  });
});
