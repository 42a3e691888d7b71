import { expect, it } from 'vitest';
import { begin, type History, stepped, undone } from '@/lib/history';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import forms from '@/locales/zh-CN/forms.json';
import { askedBy, broken } from './broken';
import { changesOf, rebased } from './changes';
import { askedIn, renamed } from './conditions';
import { bodyOf, type Draft, draftOf, hide, insert, newEntry, patch, remove } from './draft';
import { packed, unpacked } from './keep';
import { addRule, removeRule, setRule } from './rules';
import { draft, form } from './samples';

setCatalogue('zh-CN', { ...zh, forms } as never);
const IS = (field: string, value: string) => ({ field, op: 'eq' as const, value });
const lorry = newEntry('cf_1001', 'option', { zh: '车型' });
const load = { ...newEntry('cf_1002', 'number', { zh: '载重' }), required_when: IS('cf_1001', 'o:1') };
const place = { group: 'basic', before: null };
const both = (): Draft => insert(insert(draft(), lorry, place), load, place);

it('names new fields by the keys they will get, in the order of the form, and new options by theirs', () => {
  const one = setRule(addRule(both(), 'rule:a'), 'rule:a', {
    must: { not: { or: [IS('cf_1002', 'x'), { field: 'a', op: 'in', value: ['o:1', 'y'] }] } },
    field: 'cf_1002',
    zh: '不行',
  });
  const body = bodyOf(one, form(), '', new Map([['o:1', 'o_77']]));
  const fresh = body.fields.filter((field) => !field.key);
  expect(fresh.map((field) => [field.zh, field.required_when])).toEqual([
    ['车型', undefined],
    ['载重', IS('cf_7', 'o_77')],
  ]);
  expect(body.rules).toEqual([
    {
      ...{ zh: '不行', en: '', field: 'cf_8' },
      must: { not: { or: [IS('cf_8', 'x'), { field: 'a', op: 'in', value: ['o_77', 'y'] }] } },
    },
  ]);
});

it('knows which fields an expression asks about', () => {
  expect(askedIn({ and: [IS('a', '1'), { not: IS('b', '1') }, IS('a', '2')] })).toEqual(['a', 'b']);
  expect([askedIn(undefined), askedIn({})]).toEqual([[], []]);
  expect(renamed({}, new Map(), new Map())).toBeUndefined();
});

it('says where a condition asks about a field that is gone or hidden, and who asks about one', () => {
  const one = both();
  expect(broken(one, draft())).toEqual({});
  expect(askedBy(one, 'cf_1001')).toEqual(['载重']);
  expect(broken(hide(one, 'cf_1001'), draft())).toEqual({
    cf_1002: '条件里的“车型”已经隐藏，换一个或去掉',
  });
  const gone = patch(draft(), 'a', { visible_when: IS('b', '1') });
  expect(broken(remove(gone, 'b'), draft())).toEqual({ a: '条件里的“B”已经删了，换一个或去掉' });
  expect(broken(addRule(draft(), 'rule:a'), draft())).toEqual({ 'rule:a': '还没有条件' });
});

it('sends no condition of a hidden field on what is not there either', () => {
  const one = hide(hide(both(), 'cf_1001'), 'cf_1002');
  expect(bodyOf(one, form(), '', new Map()).fields.map((field) => field.required_when)).not.toContainEqual(
    IS('cf_7', 'o:1'),
  );
});

const ruled = (words: string, must: unknown = IS('a', '1')) =>
  draftOf({ ...form(), rules: [{ must, field: '', zh: words, en: words }] }, () => false);

it('counts rules among the changes', () => {
  const was = ruled('甲');
  const kinds = (now: Draft) => changesOf(was, now).map((one) => [one.kind, one.name.zh]);
  expect(kinds(setRule(was, 'rule:0', { zh: '乙' }))).toEqual([['rule', '乙']]);
  expect(kinds(removeRule(was, 'rule:0'))).toEqual([['rule_removed', '甲']]);
  expect(kinds(addRule(was, 'rule:n'))).toEqual([['rule_added', '']]);
});

it('lays my rules over those of somebody else', () => {
  const was = ruled('甲');
  const said = (one: Draft) => one.rules.map((rule) => rule.zh);
  expect(said(rebased(was, setRule(was, 'rule:0', { zh: '我的' }), ruled('他的')))).toEqual(['他的', '我的']);
  expect(said(rebased(was, removeRule(was, 'rule:0'), was))).toEqual([]);
  expect(said(rebased(was, was, ruled('他的')))).toEqual(['他的']);
});

it('keeps a hundred steps of a form of 60 fields on the device, each field once', () => {
  let now = draft();
  for (let at = 0; at < 56; at += 1)
    now = insert(now, newEntry(`cf_${at}`, 'text', { zh: `字段 ${at}` }), place);
  let steps: History<Draft> = begin(now);
  for (let at = 0; at < 120; at += 1) steps = stepped(steps, patch(steps.now, 'a', { zh: `名 ${at}` }));
  const text = JSON.stringify(packed({ base: form(), history: steps }));
  const back = unpacked(JSON.parse(text)).history;
  expect(back.past).toHaveLength(100);
  expect(undone(back).now).toEqual(undone(steps).now);
  expect(back.now).toEqual(steps.now);
  expect(text.length).toBeLessThan(150_000);
});
