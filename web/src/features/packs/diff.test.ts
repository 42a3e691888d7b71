import { expect, it } from 'vitest';
import type { Numbered } from './changes';
import { linesOf, numbersAt, runsOf, tied } from './diff';

const BEFORE = `genjin: 1
options:
  attitude:
  - {key: cold, zh: 冷淡, en: Cold}
  - key: eager
    zh: 积极
    en: Eager
    synonyms: [热情]
forms: {}
roles:
- key: rep
  zh: 销售
  verbs: [customer.create, customer.update,
    followup.*]
- key: boss
  zh: 老板
  verbs: ['*']
views: []
settings:
  targets: {ranking: false}
`;
const DIFFERENCE = [
  '@@ -3,7 +3,13 @@',
  '   attitude:',
  '   - {key: cold, zh: 冷淡, en: Cold}',
  '   - key: eager',
  '-    zh: 积极',
  '+    zh: 很积极',
  '     en: Eager',
  '     synonyms: [热情]',
  '-forms: {}',
  '+forms:',
  '+  customer:',
  '+    fields:',
  '+    - settings: {min: 0}',
  '+      key: cf_1',
  '+      zh: 年用量',
  '+    groups:',
  '+    - {key: g, zh: 分组}',
  '@@ -18,3 +24,3 @@',
  '-views: []',
  '+views:',
  "+- {name: '甲, 乙', type: customer}",
  ' settings:',
  '-  targets: {ranking: false}',
  '+  targets: {ranking: true}',
];
const change = (id: string, n: number): Numbered => {
  const [section = '', of = '', key = ''] = id.split('/');
  return { id, n, section, of, key, what: 'changed', before: null, after: null, zh: '', en: '' };
};
const CHANGES = [
  'options/attitude/eager',
  'groups/customer/g',
  'forms/customer/cf_1',
  'views/customer/甲, 乙',
  'settings//targets',
].map((id, at) => change(id, at + 1));

it('lays the configuration before and after over each other, line by line', () => {
  const lines = linesOf(BEFORE, DIFFERENCE);
  const side = (sign: string) => lines.filter((line) => line.sign === ' ' || line.sign === sign);
  expect(
    `${side('-')
      .map((line) => line.text)
      .join('\n')}\n`,
  ).toBe(BEFORE);
  expect(side('-').map((line) => line.old)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(side('+').map((line) => line.new)).toEqual(Array.from({ length: 28 }, (_, at) => at + 1));
  expect(lines.find((line) => line.sign === '+')).toEqual({
    sign: '+',
    old: null,
    new: 6,
    text: '    zh: 很积极',
  });
});

it('takes a hunk of lines that only come where they come', () => {
  const lines = linesOf('a\nb\nc\n', ['@@ -2,0 +3,1 @@', '+x']);
  expect(lines.map((line) => line.sign + line.text)).toEqual([' a', ' b', '+x', ' c']);
  expect(linesOf('a\n', []).map((line) => line.text)).toEqual(['a']);
});

it('folds what is far from a change, and no run that is shorter than the fold', () => {
  const runs = (signs: string) =>
    runsOf([...signs].map((sign) => ({ sign: sign as ' ', old: 1, new: 1, text: '' }))).map(
      ({ folded, from, to }) => `${folded ? 'fold' : 'show'} ${from}-${to}`,
    );
  expect(runs('         +   ')).toEqual(['fold 0-6', 'show 6-13']);
  expect(runs('      +         -')).toEqual(['show 0-17']);
  expect(runs('+           -')).toEqual(['show 0-4', 'fold 4-9', 'show 9-13']);
  expect(runs('     ')).toEqual(['fold 0-5']);
  expect(runs('')).toEqual([]);
});

it('ties the lines that differ to their changes', () => {
  const lines = linesOf(BEFORE, DIFFERENCE);
  const ties = tied(lines, CHANGES);
  const said = [...ties]
    .sort(([a], [b]) => a - b)
    .map(([at, id]) => `${id}: ${lines[at]?.sign}${lines[at]?.text}`);
  expect(said).toEqual([
    'options/attitude/eager: -    zh: 积极',
    'options/attitude/eager: +    zh: 很积极',
    'forms/customer/cf_1: +    - settings: {min: 0}',
    'forms/customer/cf_1: +      key: cf_1',
    'forms/customer/cf_1: +      zh: 年用量',
    'groups/customer/g: +    - {key: g, zh: 分组}',
    "views/customer/甲, 乙: +- {name: '甲, 乙', type: customer}",
    'settings//targets: -  targets: {ranking: false}',
    'settings//targets: +  targets: {ranking: true}',
  ]);
  const numbers = [...numbersAt(ties, CHANGES)].map(([at, one]) => [lines[at]?.text.trim(), one.n]);
  expect(numbers).toEqual([
    ['zh: 积极', 1],
    ['- settings: {min: 0}', 3],
    ['- {key: g, zh: 分组}', 2],
    ["- {name: '甲, 乙', type: customer}", 4],
    ['targets: {ranking: false}', 5],
  ]);
});

it('ties lines that only move to the change of order', () => {
  const text = 'roles:\n- key: rep\n  zh: 销售\n- key: boss\n  zh: 老板\n';
  const moved = ['@@ -1,5 +1,5 @@', ' roles:', '-- key: rep', '-  zh: 销售', ' - key: boss', '   zh: 老板'];
  const lines = linesOf(text, [...moved, '+- key: rep', '+  zh: 销售']);
  expect([...tied(lines, [change('roles//', 1)]).values()]).toEqual(Array(4).fill('roles//'));
  expect(tied(lines, []).size).toBe(0);
});
