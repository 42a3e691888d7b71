import { describe, expect, it } from 'vitest';
import type { Contact } from '@/api/types';
import { changed, same } from './changes';
import { chain } from './People';

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

describe('who reports to whom', () => {
  const person = (id: number, reports_to: number | null) => ({ id, reports_to }) as Contact;
  const drawn = (...people: Contact[]) => chain(people).map(({ contact, depth }) => [contact.id, depth]);
  it('stands under the superior, one step in', () => {
    expect(drawn(person(1, null), person(3, 2), person(2, 1))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });
  it('loses nobody in a loop or under somebody unknown', () => {
    expect(drawn(person(1, 2), person(2, 1), person(3, 99)).map(([id]) => id)).toEqual([3, 1, 2]);
  });
});
