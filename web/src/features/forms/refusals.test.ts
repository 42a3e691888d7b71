import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError, OfflineError } from '@/api/client';
import { setCatalogue } from '@/locales';
import words from '@/locales/zh-CN/forms.json';
import { insert, newEntry, remove } from './draft';
import { listDraftOf, newKeys, putBack, savedList, sentItems, setList, setOption, settled } from './lists';
import { send, unready } from './publishing';
import { listRefusals, refusalsOf } from './refusals';
import { draft, field, form } from './samples';

beforeEach(() => {
  setCatalogue('zh-CN', { forms: words });
  vi.stubGlobal('document', { cookie: '' });
});

const option = (key: string, zh: string) => ({ key, zh, en: '', color: null, synonyms: [], retired: false });
const colours = () => {
  const items = [option('red', '红'), option('blue', '蓝')];
  return listDraftOf({ name: 'colours', version: 'v1', items, fields: [] });
};
const painted = () => {
  const entry = { ...newEntry('n', 'option', { zh: '颜色' }), options: 'colours' };
  return setList(insert(draft(), entry, { group: 'basic', before: 'a' }), 'colours', colours());
};

it('stands at the field, the group, or the field that was left out', () => {
  const one = remove(draft(field('cf_2', 'more')), 'cf_2');
  const problems = [
    { field: 'fields.1', code: 'field', zh: '名字重了', en: '' },
    { field: 'fields.1', code: 'field', zh: '类型不行', en: '' },
    { field: 'groups.0', code: 'twice', zh: '分组重了', en: '' },
    { field: 'cf_2', code: 'in_use', zh: '有 3 条记录填了', en: '' },
    { field: 'fields', code: 'many', zh: '太多', en: '' },
  ];
  expect(refusalsOf(new ApiError(422, { code: 'invalid', message: '名字重了', problems }), one)).toEqual({
    sentence: '名字重了',
    at: { b: '名字重了 类型不行', 'group:car': '分组重了' },
    held: ['cf_2'],
  });
  expect(refusalsOf(new ApiError(422, { message: '不行', field: 'fields.0' }), one).at).toEqual({
    a: '不行',
  });
  expect(refusalsOf(new OfflineError(), one)).toMatchObject({ at: {}, held: [] });
});

it('names the option of a refused list, and puts a removed one back in its place', () => {
  const one = painted();
  const failure = new ApiError(409, { code: 'in_use', message: '2 条记录在用', key: 'red', count: 2 });
  expect(listRefusals(failure, one, 'colours').at).toEqual({
    n: '2 条记录在用',
    'option:red': '2 条记录在用',
  });
  const twice = new ApiError(422, { message: '写了两次', field: 'items.1' });
  expect(listRefusals(twice, one, 'colours').at).toEqual({ n: '写了两次', 'option:blue': '写了两次' });
  const without = { ...colours(), items: colours().items.slice(1) };
  expect(putBack(without, 'red').items.map((item) => item.key)).toEqual(['red', 'blue']);
  expect(putBack(colours(), 'red').items).toHaveLength(2);
});

it('goes on from a saved list in every state, with the keys of its new options', () => {
  const added = { ...colours(), items: [...colours().items, { ...option('', '绿'), key: null, uid: 'o-9' }] };
  expect(sentItems(added)[2]).toEqual({ zh: '绿', en: '', color: null, synonyms: [], retired: false });
  const saved = savedList(added, 'v2', ['red', 'blue', 'o_5']);
  expect(newKeys(saved)).toEqual([['o-9', 'o_5']]);
  const earlier = setList(painted(), 'colours', setOption(added, 'o-9', { zh: '青' }));
  const list = settled(earlier, 'colours', saved).lists.colours;
  expect([list?.version, list?.items[2]]).toMatchObject(['v2', { key: 'o_5', zh: '青' }]);
});

it('asks for options before the server does', () => {
  const bare = setList(painted(), 'colours', { version: '', was: [], items: [] });
  expect(unready(painted(), draft())).toBeNull();
  expect(unready(bare, draft())?.at).toEqual({ n: '“颜色”还没有选项，至少写一个' });
});

it('saves lists first and publishes what differs, each list once', async () => {
  const calls: [string, string, unknown][] = [];
  vi.stubGlobal('fetch', async (url: string, { method, body }: { method: string; body: string }) => {
    calls.push([method, url, JSON.parse(body)]);
    const answer = url.includes('option-lists') ? { version: 'v2', keys: ['red', 'blue'] } : { version: 4 };
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
  });
  const now = setList(painted(), 'colours', setOption(colours(), 'red', { zh: '大红' }));
  const heard: string[] = [];
  const ask = { type: 'customer', base: form(), why: '' };
  expect(await send({ ...ask, was: draft(), draft: now }, (name) => heard.push(name))).toEqual({
    version: 4,
  });
  expect(calls.map(([method, url]) => `${method} ${url}`)).toEqual([
    'PUT /api/v1/option-lists/colours',
    'PUT /api/v1/designs/customer',
  ]);
  expect(heard).toEqual(['colours']);
  calls.length = 0;
  expect(await send({ ...ask, was: painted(), draft: now }, () => {})).toBeNull();
  expect(calls).toHaveLength(1);
});
