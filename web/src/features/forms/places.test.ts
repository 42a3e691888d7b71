import { expect, it } from 'vitest';
import { partsOf } from './draft';
import { type Box, before, keyOf, placeAt, placeNow, placeOf, placesFor } from './places';
import { draft } from './samples';

const box = (uid: string | null, group: string, left: number, top: number, wide = false): Box => ({
  ...{ uid, group, left, top, wide },
  right: left + (wide ? 600 : 300),
  bottom: top + 60,
});
// A head; a and b beside each other, c below over the whole line; a second group with d.
const BOXES = [
  box(null, 'basic', 0, 0, true),
  box('a', 'basic', 0, 70),
  box('b', 'basic', 310, 70),
  box('c', 'basic', 0, 140, true),
  box(null, 'deal', 0, 210, true),
  box('d', 'deal', 0, 280),
];

it('reads a drop by the nearest field: left or right of a half one, above or below a whole one', () => {
  expect(placeAt(BOXES, 20, 100)).toEqual({ group: 'basic', before: 'a' });
  expect(placeAt(BOXES, 280, 100)).toEqual({ group: 'basic', before: 'b' });
  expect(placeAt(BOXES, 600, 100)).toEqual({ group: 'basic', before: 'c' });
  expect(placeAt(BOXES, 590, 150)).toEqual({ group: 'basic', before: 'c' });
  expect(placeAt(BOXES, 10, 190)).toEqual({ group: 'basic', before: null });
});

it('takes the head of a group for its start, the space below everything for the end', () => {
  expect(placeAt(BOXES, 300, 20)).toEqual({ group: 'basic', before: 'a' });
  expect(placeAt(BOXES, 300, 240)).toEqual({ group: 'deal', before: 'd' });
  expect(placeAt(BOXES, 10, 900)).toEqual({ group: 'deal', before: null });
  expect(placeAt([box(null, 'car', 0, 0, true)], 10, 10)).toEqual({ group: 'car', before: null });
  expect(placeAt([], 10, 10)).toBeNull();
});

it('writes a place as a key and reads it again', () => {
  const places = [
    { group: 'deal', before: null },
    { group: 'basic', before: 'f-1' },
  ];
  expect(places.map(keyOf)).toEqual(['deal|', 'basic|f-1']);
  expect(places.map((place) => placeOf(keyOf(place)))).toEqual(places);
});

it('leads through every place in the order of the form, without the field itself', () => {
  const keys = placesFor(draft(), 'b').map(keyOf);
  expect(keys).toEqual(['basic|a', 'basic|c', 'basic|', 'deal|d', 'deal|', 'more|e', 'more|', 'car|']);
  const now = placeNow(draft(), 'b');
  expect(now).toEqual({ group: 'basic', before: 'c' });
  expect(placeNow(draft(), 'h')).toBeNull();
});

it('names the field ahead of a place', () => {
  const parts = partsOf(draft());
  expect(before(parts, { group: 'basic', before: 'c' }, 'b')?.uid).toBe('a');
  expect(before(parts, { group: 'basic', before: 'a' }, 'b')).toBeNull();
  expect(before(parts, { group: 'deal', before: null }, 'b')?.uid).toBe('d');
  expect(before(parts, { group: 'car', before: null }, 'b')).toBeNull();
});
