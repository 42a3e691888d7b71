import { expect, it } from 'vitest';
import { type Held, renewed } from './held';

interface Row {
  version: number;
  name: string;
}
const begin = (row: Row) => row.name;
const dirty = (row: Row, draft: string) => row.name !== draft;
const held = (draft: string, saved?: number): Held<Row, string> => ({
  kept: { version: 1, name: 'old' },
  draft,
  saved,
});
const theirs: Row = { version: 2, name: 'theirs' };

it('keeps a draft when another version comes, with the version it began from', () => {
  const before = held('mine');
  expect(renewed(before, theirs, begin, dirty)).toBe(before);
});

it('takes the newer version over where nothing was changed, or the same', () => {
  expect(renewed(held('old'), theirs, begin, dirty)).toEqual({ kept: theirs, draft: 'theirs' });
  expect(renewed(held('theirs'), theirs, begin, dirty)).toEqual({ kept: theirs, draft: 'theirs' });
});

it('takes over what my own save made, also where the server wrote it otherwise', () => {
  expect(renewed(held('Theirs', 2), theirs, begin, dirty)).toEqual({ kept: theirs, draft: 'theirs' });
});

it('keeps a draft when the same version is read again', () => {
  const again = { version: 1, name: 'old' };
  expect(renewed(held('mine'), again, begin, dirty)).toEqual({
    kept: again,
    draft: 'mine',
    saved: undefined,
  });
});
