import { beforeEach, expect, it } from 'vitest';
import type { PackChange, What } from '@/api/packs';
import type { Schema } from '@/api/types';
import { setCatalogue } from '@/locales';
import packs from '@/locales/zh-CN/packs.json';
import { changesIn, joined, refusedAt, sectionsOf, setLeft } from './changes';
import { countsOf, listName, type Naming, titleOf, wordsOf } from './names';
import { fileNameOf, filePackOf, readFile } from './source';

beforeEach(() => setCatalogue('zh-CN', { packs }));

function change(id: string, what: What = 'added', before: unknown = null, after: unknown = null): PackChange {
  const [section = '', of = '', key = ''] = id.split('/');
  const zh = ((after ?? before) as { zh?: string } | null)?.zh ?? key;
  return { id, section, of, key, what, before, after, zh, en: zh };
}
const line = change('options/line/weld', 'added', null, { key: 'weld', zh: '焊接' });
const field = change('forms/customer/cf_1', 'added', null, {
  key: 'cf_1',
  zh: '产线',
  type: 'option',
  options: 'line',
});
const group = change('groups/customer/g', 'added', null, { key: 'g', zh: '制造' });
const role = change(
  'roles//rep',
  'changed',
  { zh: '销售', verbs: ['a'] },
  { zh: '业务员', verbs: ['a', 'b'] },
);
const todo = change('forms/agenda/cf_1', 'removed', { key: 'cf_1', zh: '车次' }, null);
const ALL = [line, group, field, todo, role];

it('groups changes by section, list and type, numbered as they are read', () => {
  const sections = sectionsOf([role, field, todo, line, group]);
  expect(sections.map((one) => [one.key, one.parts.map((part) => part.of)])).toEqual([
    ['options', ['line']],
    ['forms', ['customer', 'agenda']],
    ['roles', ['']],
  ]);
  expect(sections.flatMap(changesIn).map((one) => `${one.n} ${one.id}`)).toEqual([
    '1 options/line/weld',
    '2 groups/customer/g',
    '3 forms/customer/cf_1',
    '4 forms/agenda/cf_1',
    '5 roles//rep',
  ]);
  expect(sectionsOf([])).toEqual([]);
});

it('keeps what is left out in its place, and follows what comes and goes besides', () => {
  const left = setLeft(new Set(), [line, role], true);
  const order = change('options/line/', 'order', ['a'], ['b']);
  expect(joined(ALL, [group, field], left)).toEqual([line, group, field, role]);
  expect(joined(ALL, [group, field, todo, order], left)).toEqual([...ALL, order]);
  expect([...setLeft(left, [line], false)]).toEqual(['roles//rep']);
  expect([...left]).toEqual(['options/line/weld', 'roles//rep']);
});

it('finds what a refusal may be about', () => {
  expect(refusedAt('roles.rep.verbs', ALL)).toEqual([role]);
  expect(refusedAt('forms.customer.fields.3', ALL)).toEqual([group, field]);
  expect(refusedAt('forms.customer.cf_1', ALL)).toEqual([field]);
  expect(refusedAt('options.line', ALL)).toEqual([line]);
  expect(refusedAt('version', ALL)).toEqual([]);
  expect(refusedAt(null, ALL)).toEqual([]);
});

it('says each change in words', () => {
  const fields = [{ slug: 'name', label: { zh: '客户名称', en: 'Name' }, options: null }];
  const schema = { record_types: { customer: { label: { zh: '客户', en: '' }, fields } }, options: {} };
  const types = [
    { type: 'option', label: { zh: '单选', en: '' }, options: true, given: false, settings: {} },
  ];
  const naming: Naming = { schema: schema as unknown as Schema, changes: ALL, types };
  const said = (one: PackChange) => `${titleOf(one, naming)}：${wordsOf(one, naming)}`;
  expect(listName('line', naming)).toBe('产线');
  expect(listName('other', naming)).toBe('other');
  expect(ALL.map(said)).toEqual([
    '焊接：新加',
    '制造：新分组',
    '产线：新字段 · 单选',
    '车次：拿走',
    '业务员：原来叫“销售” · 多 1 项操作',
  ]);
  const option = (before: object, after: object) =>
    said(change('options/line/weld', 'changed', before, after));
  expect(option({ zh: '焊' }, { zh: '焊接' })).toBe('焊接：原来叫“焊”');
  expect(option({ zh: '焊接' }, { zh: '焊接', retired: true })).toBe('焊接：停用');
  expect(said(change('forms/customer/name', 'added', null, { key: 'name', required: true }))).toBe(
    '客户名称：必填',
  );
  expect(said(change('forms/customer/name', 'added', null, { key: 'name' }))).toBe('客户名称：定下位置');
  expect(said(change('options/line/', 'order', ['a'], ['b']))).toBe('选项的顺序：换了先后');
  expect(said(change('settings//review', 'changed', { share: 0 }, { share: 1 }))).toBe('审核规则：改了 1 项');
  const deep = (settings: object) => ({ zh: '产线', settings });
  expect(
    said(change('forms/customer/cf_2', 'changed', deep({ min: 0, max: 9 }), deep({ max: 9, min: 0 }))),
  ).toBe('产线：定下位置');
  expect(countsOf([change('forms/customer/name')])).toBe('改 1');
  expect(countsOf([line, todo, field, role])).toBe('加 2 · 改 1 · 去掉 1');
});

it('reads a file on the device, or says why not', async () => {
  const file = (content: BlobPart) => new File([content], '制造.yaml');
  expect(await readFile(file('genjin: 1\n'))).toMatchObject({ name: '制造.yaml', text: 'genjin: 1\n' });
  await expect(readFile(file(' \n'))).rejects.toThrow('文件是空的');
  await expect(readFile(file(new Uint8Array([0xd6, 0xc6])))).rejects.toThrow('UTF-8');
  await expect(readFile(file('a'.repeat(1_000_001)))).rejects.toThrow('最大 1 MB');
  expect(filePackOf({ id: '1', name: 'a', text: 'b' })).toEqual({ id: '1', name: 'a', text: 'b' });
  expect(filePackOf(null)).toBeNull();
});

it('names the exported file after the team and the day', () => {
  expect(fileNameOf('青禾/工业: 物联', '2026-11-24')).toBe('青禾 工业 物联-配置-2026-11-24.yaml');
  expect(fileNameOf('..', '2026-11-24')).toBe('genjin-配置-2026-11-24.yaml');
});
