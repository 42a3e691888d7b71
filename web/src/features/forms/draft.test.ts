import { describe, expect, it } from 'vitest';
import {
  addGroup,
  bodyOf,
  duplicate,
  entryOf,
  figures,
  hide,
  insert,
  move,
  moveGroup,
  newEntry,
  partsOf,
  patch,
  placeAfter,
  remove,
  removeGroup,
} from './draft';
import { draft, field, form, order } from './samples';

const parts = (one: ReturnType<typeof draft>) =>
  partsOf(one).map((part) => `${part.key}:${part.fields.map((each) => each.uid).join('')}`);

describe('the draft of a form', () => {
  it('is drawn by group in the order of the first field; own empty groups stand at the end', () => {
    expect(parts(draft())).toEqual(['basic:abc', 'deal:d', 'more:e', 'car:']);
    expect(parts(draft(field('f', 'basic')))).toEqual(['basic:abcf', 'deal:d', 'more:e', 'car:']);
  });

  it('takes an English name that repeats the Chinese one for none, of fields of the team', () => {
    const one = draft(
      field('cf_1', 'more', { zh: '车型', en: '车型' }),
      field('z', 'more', { zh: 'IT', en: 'IT' }),
    );
    expect([entryOf(one, 'cf_1')?.en, entryOf(one, 'z')?.en]).toEqual(['', 'IT']);
  });

  it('takes a new field before another, at the end of a group, into an empty group', () => {
    const entry = newEntry('n', 'number', { zh: '数字' });
    expect(order(insert(draft(), entry, { group: 'basic', before: 'b' }))).toBe('anbhcdse');
    expect(order(insert(draft(), entry, { group: 'deal', before: null }))).toBe('abhcdnse');
    const inside = insert(draft(), entry, { group: 'car', before: null });
    expect(parts(inside).at(-1)).toBe('car:n');
    expect(entryOf(inside, 'n')?.group).toBe('car');
  });

  it('moves a field within and between groups, and knows when nothing moves', () => {
    const one = draft();
    expect(order(move(one, 'c', { group: 'basic', before: 'a' }))).toBe('cabhdse');
    const over = move(one, 'a', { group: 'deal', before: 'd' });
    expect(parts(over)).toEqual(['basic:bc', 'deal:ad', 'more:e', 'car:']);
    expect(move(one, 'a', { group: 'basic', before: 'b' })).toBe(one);
    expect(move(one, 'c', { group: 'basic', before: null })).toBe(one);
    expect(move(one, 'a', { group: 'basic', before: 'a' })).toBe(one);
  });

  it('keeps groups where they are when the first field of an interleaved one moves on', () => {
    const mixed = draft(field('f', 'basic'), field('g', 'deal'));
    expect(parts(move(mixed, 'a', { group: 'deal', before: 'd' }))).toEqual([
      'basic:bcf',
      'deal:adg',
      'more:e',
      'car:',
    ]);
  });

  it('hides without required, brings back where it is laid, removes', () => {
    const hidden = hide(patch(draft(), 'b', { required: true }), 'b');
    expect(entryOf(hidden, 'b')).toMatchObject({ hidden: true, required: false });
    expect(parts(hidden)[0]).toBe('basic:ac');
    const entry = entryOf(hidden, 'b');
    if (!entry) throw new Error('b');
    expect(parts(insert(hidden, entry, { group: 'more', before: 'e' }))[2]).toBe('more:be');
    expect(order(remove(draft(), 'd'))).toBe('abhcse');
  });

  it('copies a field behind it under a free name, as a new one of the team', () => {
    const twice = duplicate(duplicate(draft(), 'a', 'x'), 'a', 'y');
    expect(parts(twice)[0]).toBe('basic:ayxbc');
    expect(entryOf(twice, 'x')).toMatchObject({ key: null, own: true, zh: 'A 2', en: '' });
    expect(entryOf(twice, 'y')?.zh).toBe('A 3');
  });

  it('lays behind what is chosen: a field, a group, nothing', () => {
    expect(placeAfter(draft(), 'a')).toEqual({ group: 'basic', before: 'b' });
    expect(placeAfter(draft(), 'c')).toEqual({ group: 'basic', before: null });
    expect(placeAfter(draft(), 'group:deal')).toEqual({ group: 'deal', before: null });
    expect(placeAfter(draft(), null)).toEqual({ group: 'car', before: null });
  });

  it('moves groups whole, adds and removes them', () => {
    expect(parts(moveGroup(draft(), 'more', 'basic'))).toEqual(['more:e', 'basic:abc', 'deal:d', 'car:']);
    expect(parts(moveGroup(draft(), 'basic', null))).toEqual(['deal:d', 'more:e', 'basic:abc', 'car:']);
    const empty = draft();
    expect(moveGroup(empty, 'car', 'basic')).toBe(empty);
    const more = addGroup(draft(), { key: 'x', zh: '新', en: '' });
    expect(parts(more).at(-1)).toBe('x:');
    const gone = removeGroup(move(draft(), 'd', { group: 'car', before: null }), 'car');
    expect([entryOf(gone, 'd')?.group, gone.groups]).toEqual(['more', []]);
  });

  it('counts what is filled in by hand and what is typed freely (R-219)', () => {
    expect(figures(draft())).toEqual({ hand: 5, free: 5 });
    expect(figures(patch(hide(draft(), 'a'), 'b', { type: 'option' }))).toEqual({ hand: 4, free: 3 });
  });

  it('is sent without what only the screen needs; options made meanwhile by their key', () => {
    const entry = newEntry('n', 'option', { en: 'Model' });
    const settings = { default: 'o-1' };
    const one = insert(draft(), { ...entry, settings }, { group: 'basic', before: 'a' });
    const body = bodyOf(one, form(), 'so', new Map([['o-1', 'o_77']]));
    expect(body.fields[0]).toEqual({
      ...{ type: 'option', zh: 'Model', en: 'Model', help_zh: '', help_en: '', good: '', bad: '' },
      ...{ options: null, required: false, hidden: false, group: 'basic', settings: { default: 'o_77' } },
    });
    expect(Object.keys(body.fields[1] ?? {})).not.toContain('uid');
    expect([body.version, body.why, body.fields[1]?.key]).toEqual([3, 'so', 'a']);
  });
});
