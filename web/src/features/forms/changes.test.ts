import { describe, expect, it } from 'vitest';
import { changesOf, formChanged, listsToSave, movedIn, rebased } from './changes';
import { type Draft, hide, insert, move, nameGroup, newEntry, patch, remove } from './draft';
import { blankList, setList, setOption } from './lists';
import { draft, field, order } from './samples';

const told = (was: Draft, now: Draft) =>
  changesOf(was, now).map((one) => `${one.uid} ${one.kind}${one.what.length ? ` ${one.what}` : ''}`);
const own = () => draft(field('cf_1', 'more'), field('cf_2', 'more'));
let count = 0;
const uid = () => {
  count += 1;
  return `o-${count}`;
};

describe('what a draft changes', () => {
  it('is nothing at first, and again when all is taken back', () => {
    expect(told(draft(), draft())).toEqual([]);
    const there = move(draft(), 'a', { group: 'basic', before: null });
    expect(told(draft(), move(there, 'a', { group: 'basic', before: 'b' }))).toEqual([]);
  });

  it('names what was added, changed, hidden, moved and removed', () => {
    const entry = newEntry('n', 'text', { zh: '新' });
    let now = insert(own(), entry, { group: 'basic', before: 'a' });
    now = patch(now, 'a', { zh: 'Name', required: true });
    now = hide(now, 'b');
    now = move(now, 'e', { group: 'basic', before: 'c' });
    now = remove(now, 'cf_2');
    expect(told(own(), now)).toEqual([
      'n added',
      'a changed zh,required',
      'b hidden hidden',
      'e changed group',
      'cf_2 removed',
    ]);
  });

  it('counts the one field that moved, not those it passed', () => {
    expect([...movedIn(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'])]).toEqual(['a']);
    expect([...movedIn(['a', 'b', 'c'], ['x', 'a', 'c'])]).toEqual([]);
    expect(told(draft(), move(draft(), 'c', { group: 'basic', before: 'a' }))).toEqual(['c moved']);
  });

  it('counts groups by their names, lists once; a list that is only as new as its field is no change of its own', () => {
    expect(told(draft(), nameGroup(draft(), 'car', { zh: '车辆' }))).toEqual(['group:car group']);
    const entry = { ...newEntry('n', 'option', { zh: '车型' }), options: 'list_1' };
    const made = setList(insert(draft(), entry, { group: 'basic', before: 'a' }), 'list_1', {
      ...setOption(blankList(uid), `o-${count}`, { zh: 'SUV' }),
    });
    expect(told(draft(), made)).toEqual(['n added']);
    expect(listsToSave(made)).toEqual(['list_1']);
    expect(listsToSave(remove(made, 'n'))).toEqual([]);
    const edited = setList(draft(), 'stage', { ...blankList(uid), version: 'v1' });
    expect(told(draft(), edited)).toEqual(['stage list']);
    expect(formChanged(changesOf(draft(), edited))).toBe(false);
  });
});

describe('my changes over theirs', () => {
  it('keeps both where they differ; mine stands where both changed', () => {
    const mine = patch(patch(own(), 'a', { zh: '我的' }), 'b', { required: true });
    const theirs = patch(patch(own(), 'a', { zh: '他的', help_zh: '帮助' }), 'c', { zh: '丙' });
    const both = rebased(own(), mine, theirs);
    expect(both.fields.map((one) => one.zh).slice(0, 4)).toEqual(['我的', 'B', 'H', '丙']);
    expect(both.fields[0]?.help_zh).toBe('帮助');
    expect(both.fields[1]?.required).toBe(true);
  });

  it('puts mine behind what stood ahead of it, and moves what I moved', () => {
    const entry = newEntry('n', 'text', { zh: '新' });
    const mine = move(insert(own(), entry, { group: 'deal', before: null }), 'a', {
      group: 'basic',
      before: 'c',
    });
    const theirs = insert(
      own(),
      { ...newEntry('cf_3', 'text', { zh: '他' }), key: 'cf_3' },
      { group: 'deal', before: null },
    );
    expect(order(rebased(own(), mine, theirs))).toBe('bhacdncf_3secf_1cf_2');
  });

  it('lets go what either removed, unless I worked with it', () => {
    const mine = patch(remove(own(), 'cf_1'), 'cf_2', { zh: '留' });
    const both = rebased(own(), mine, remove(own(), 'cf_2'));
    expect(both.fields.map((one) => one.uid).slice(-2)).toEqual(['e', 'cf_2']);
    expect(order(rebased(own(), own(), remove(own(), 'cf_2')))).toBe('abhcdsecf_1');
  });

  it('keeps groups that fields stand in', () => {
    const mine = nameGroup(draft(), 'car', { zh: '车辆' });
    const theirs = { ...draft(), groups: [...draft().groups, { key: 'x', zh: 'X', en: '' }] };
    expect(rebased(draft(), mine, theirs).groups).toEqual([
      { key: 'car', zh: '车辆', en: '' },
      { key: 'x', zh: 'X', en: '' },
    ]);
  });
});

it('counts nothing as moved that only stands where it is drawn anyway', () => {
  const apart = draft(field('f', 'basic'));
  const entry = newEntry('n', 'number', { zh: '数字' });
  expect(
    changesOf(apart, insert(apart, entry, { group: 'more', before: null })).map((one) => one.uid),
  ).toEqual(['n']);
});
