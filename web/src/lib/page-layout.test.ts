import { expect, it } from 'vitest';
import { arranged, groupPart, inColumn, ownGroups, type PagePart, shifted } from './page-layout';

const USUAL: PagePart[] = [
  { key: 'people', place: 'side' },
  { key: 'needs', place: 'side' },
  { key: 'profile', place: 'side' },
];

it('keeps what the team says in its order, and what it does not name behind it', () => {
  const said: PagePart[] = [
    { key: 'profile', place: 'main' },
    { key: 'people', place: 'hidden' },
  ];
  expect(arranged(USUAL, said)).toEqual([...said, { key: 'needs', place: 'side' }]);
  expect(arranged(USUAL, [])).toEqual(USUAL);
});

it('passes over parts that are gone, and keeps groups of fields', () => {
  const group = groupPart('need', 'main');
  const parts = arranged(USUAL, [{ key: 'gone', place: 'main' }, group]);
  expect(parts).toEqual([group, ...USUAL]);
  expect([...ownGroups(parts)]).toEqual(['need']);
  expect(inColumn(parts, 'main')).toEqual(['group:need']);
});

it('moves a part by one', () => {
  expect(shifted(USUAL, 2, -1).map((part) => part.key)).toEqual(['people', 'profile', 'needs']);
});
