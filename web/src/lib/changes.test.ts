import { describe, expect, it } from 'vitest';
import { changed, same } from './changes';

describe('changes', () => {
  it('sends only what differs', () => {
    const record = { name: '恒锐', region: null, tags: ['二期'], amount: 100 };
    expect(changed(record, { name: '恒锐', region: '', tags: ['二期'], amount: 200 })).toEqual({
      amount: 200,
    });
  });
  it('takes blanks for the same, and lists and ranges by content', () => {
    expect(same(null, '')).toBe(true);
    expect(same([], undefined)).toBe(true);
    expect(same({ low: null, high: null }, null)).toBe(true);
    expect(same({ low: 1, high: 2, currency: 'CNY' }, { low: 1, high: 2 })).toBe(true);
    expect(same({ low: 1, high: 2 }, { low: 1, high: 3 })).toBe(false);
    expect(same(0, null)).toBe(false);
    expect(same(false, null)).toBe(false);
  });
});
