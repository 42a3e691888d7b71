import { describe, expect, it } from 'vitest';
import type { Contact } from '@/api/types';
import { chain } from './People';

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
