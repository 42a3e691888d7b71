import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keys, queryClient } from '@/api/queries';
import type { Field, FieldType } from '@/api/types';
import { ownColumn } from '@/components/list/own-columns';
import { linkOf } from '@/components/Value';
import { setCatalogue } from '@/locales';
import en from '@/locales/en-US';
import zh from '@/locales/zh-CN';
import { defaultsOf, groupsOf, lacking, sentOf, wrongOf } from './filling';
import { type Editor, editorOf } from './filter';
import { SAYINGS } from './filter-rows';
import { sayingWords } from './filter-words';
import { DAYS, lunarWords, MONTHS, readLunar, writeLunar } from './lunar';
import { labelsOf } from './options';
import { isBlank, isOwn } from './own';
import { shown } from './shown';
import { setServerNow, setZone } from './time';

const own = (type: FieldType, more: Partial<Field> = {}): Field => ({
  slug: 'cf_1',
  label: { zh: '车型', en: 'Model' },
  type,
  options: type === 'option' || type === 'options' ? 'car' : null,
  required: false,
  list: true,
  sort: true,
  filter: true,
  group: 'more',
  read_only: false,
  settings: {},
  ...more,
});
const labels = labelsOf({
  record_types: {},
  options: {
    car: [
      { key: 'o_1', zh: 'SUV', en: 'SUV', color: '#0E6A5E' },
      { key: 'o_2', zh: '轿车', en: 'Sedan' },
      { key: 'o_3', zh: '皮卡', en: 'Pickup', retired: true },
    ],
  },
});

beforeAll(() => {
  setZone('Asia/Shanghai');
  setServerNow('2026-11-24T02:12:00Z');
  queryClient.setQueryData(keys.members, { items: [{ id: 7, name: '赵敏' }] });
  queryClient.setQueryData(keys.departments, { items: [{ id: 3, name: '华东区' }] });
});
beforeEach(() => setCatalogue('zh-CN', zh));

/** Type, value, settings → the words in Chinese and English. */
const SAID: [FieldType, unknown, Field['settings'], string, string][] = [
  ['text', '粤B·12345', {}, '粤B·12345', '粤B·12345'],
  ['longtext', '右前门\n补过漆', {}, '右前门\n补过漆', '右前门\n补过漆'],
  ['number', 1200.5, { unit: '台' }, '1,200.5台', '1,200.5台'],
  ['number', 12, { unit: 'kg' }, '12 kg', '12 kg'],
  ['percent', 7.5, {}, '7.5%', '7.5%'],
  ['rating', 4, { max: 10 }, '4 / 10', '4 / 10'],
  ['rating', 4, {}, '4 / 5', '4 / 5'],
  ['money', 12_000_000, {}, '12万', '¥120k'],
  ['money', 1_200_000, { currency: 'USD' }, 'US$ 1.2万', 'US$ 12k'],
  ['money_range', { low: 5_000_000, high: 9_000_000 }, {}, '5万 – 9万', '¥50k – ¥90k'],
  ['money_range', { low: 5_000_000, high: null }, {}, '5万以上', '¥50k and more'],
  ['money_range', { low: null, high: 5_000_000 }, {}, '5万以内', 'at most ¥50k'],
  ['date', '2026-12-18', {}, '12月18日', '18 Dec'],
  ['lunar_date', '农历闰5月3日', {}, '农历闰五月初三', 'day 3 of lunar month 5 (leap)'],
  ['option', 'o_2', {}, '轿车', 'Sedan'],
  ['option', 'o_3', {}, '皮卡', 'Pickup'],
  ['options', ['o_1', 'o_2'], {}, 'SUV、轿车', 'SUV, Sedan'],
  ['tags', ['越野', '亲子'], {}, '越野、亲子', '越野, 亲子'],
  ['bool', true, {}, '是', 'Yes'],
  ['bool', false, {}, '否', 'No'],
  ['member', { id: 9, name: '刘洋' }, {}, '刘洋', '刘洋'],
  ['member', 7, {}, '赵敏', '赵敏'],
  ['member', 99, {}, '—', '—'],
  ['department', 3, {}, '华东区', '华东区'],
  ['phone', '0755-88881234', {}, '0755-88881234', '0755-88881234'],
  ['email', 'cw@example.com', {}, 'cw@example.com', 'cw@example.com'],
  ['url', 'https://example.com', {}, 'https://example.com', 'https://example.com'],
];

describe('the words of a value', () => {
  it.each(SAID)('%s %j %j', (type, value, settings, chinese, english) => {
    expect(shown(own(type, { settings }), value, labels, 'EUR')).toBe(chinese);
    setCatalogue('en-US', en);
    expect(shown(own(type, { settings }), value, labels, 'EUR')).toBe(english);
  });
  it('are the time on the wall of the team', () => {
    expect(shown(own('datetime'), '2026-12-01T06:30:00Z', labels, null)).toMatch(/12月1日.* 14:30$/);
  });
  it('are none where nothing stands', () => {
    const blanks = [null, undefined, '', ' ', [], { low: null, high: null }];
    expect(blanks.every((value) => shown(own('text'), value, labels, null) === null)).toBe(true);
    expect(shown(own('bool', { slug: 'paused' }), false, labels, null)).toBeNull();
    expect([isBlank(0), isBlank(false)]).toEqual([false, false]);
  });
  it('of an amount of the code stand in the currency of the record', () => {
    expect(shown(own('money', { slug: 'amount' }), 1_200_000, labels, 'USD')).toBe('US$ 1.2万');
  });
});

describe('a link', () => {
  it('leads only to pages', () => {
    expect(linkOf('https://www.example.com/cars/')).toEqual({
      href: 'https://www.example.com/cars/',
      text: 'example.com/cars',
    });
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'example.com'])
      expect(linkOf(bad)).toBeNull();
  });
});

describe('a lunar day', () => {
  it('is read as the server keeps it', () => {
    expect(readLunar('农历闰5月3日')).toEqual({ month: 5, day: 3, leap: true });
    for (const bad of ['农历13月1日', '农历0月1日', '农历1月31日', '5月3日', ''])
      expect(readLunar(bad)).toBeNull();
    for (const month of [1, 11, 12])
      for (const day of [1, 10, 11, 20, 21, 30]) {
        const text = writeLunar({ month, day, leap: false });
        expect(lunarWords(text, 'zh-CN')).toBe(`农历${MONTHS[month - 1]}${DAYS[day - 1]}`);
      }
    expect([DAYS[9], DAYS[10], DAYS[19], DAYS[20], DAYS[29]]).toEqual([
      '初十',
      '十一',
      '二十',
      '廿一',
      '三十',
    ]);
    expect([MONTHS[0], MONTHS[9], MONTHS[10], MONTHS[11]]).toEqual(['正月', '十月', '冬月', '腊月']);
  });
});

describe('conditions by type', () => {
  const EDITORS: Partial<Record<FieldType, Editor | null>> = {
    text: 'text', longtext: 'text', rich: 'text', number: 'figure', percent: 'figure', rating: 'figure', money: 'figure',
    date: 'day', datetime: 'day', lunar_date: 'lunar', option: 'choice', options: 'tag', tags: 'tag', bool: 'answer',
    member: 'member', department: 'department', phone: 'text', email: 'text', url: 'text', address: 'region', link: 'link', attachment: 'files', picture: 'files', serial: 'text', money_range: 'figure',
  }; // biome-ignore format: a table

  it.each(Object.entries(EDITORS))('%s is asked as %s', (type, editor) => {
    expect(editorOf(own(type as FieldType))).toBe(editor);
    expect(SAYINGS[editor as Editor].length).toBeGreaterThan(1);
  });
  it('a range of the code cannot be asked about, nor what the server does not filter by', () => {
    expect(editorOf(own('money_range', { slug: 'budget' }))).toBeNull();
    expect(editorOf(own('text', { filter: false }))).toBeNull();
    expect(editorOf(own('bool', { slug: 'paused' }))).toBe('yes_no');
  });
  it('are said in words, never as keys or ids', () => {
    const say = (
      type: FieldType,
      saying: 'is' | 'has' | 'least' | 'no',
      value: (string | number)[],
      settings = {},
    ) => {
      const field = own(type, { settings });
      const known = { ...labels, field: () => field };
      const naming = {
        labels: known,
        record: 'customer',
        member: () => '赵敏',
        department: () => '华东区',
        link: () => '',
      };
      return sayingWords({ field: 'cf_1', saying, value }, naming);
    };
    expect(say('option', 'is', ['o_1', 'o_2'])).toBe('SUV、轿车');
    expect(say('options', 'has', ['o_2'])).toContain('轿车');
    expect(say('member', 'is', [7])).toBe('赵敏');
    expect(say('department', 'is', [3])).toBe('华东区');
    expect(say('percent', 'least', [7.5])).toContain('7.5%');
    expect(say('number', 'least', [12], { unit: '台' })).toContain('12台');
    expect(say('money', 'least', [1_200_000], { currency: 'USD' })).toContain('US$ 1.2万');
    expect(say('bool', 'no', [])).toBe('否');
  });
});

describe('a form', () => {
  const plate = own('text', { required: true, settings: { default: ' ' } });
  const model = own('option', { slug: 'cf_2', settings: { default: 'o_1' } });
  const shut = own('text', { slug: 'cf_3', required: true, mark: 'readonly', settings: { default: 'x' } });

  it('knows its own fields', () => {
    expect(['cf_1', 'cf_12', 'cf_', 'cf_1x', 'region'].map(isOwn)).toEqual([true, true, false, false, false]);
  });
  it('begins with defaults, and says which are taken out', () => {
    const fields = [plate, model, shut];
    expect(defaultsOf(fields)).toEqual({ cf_2: 'o_1' });
    expect(sentOf(fields, { cf_1: ' 粤B ', cf_2: null })).toEqual({ cf_1: '粤B', cf_2: null, cf_3: null });
    expect(sentOf([own('bool'), own('number', { slug: 'cf_4' })], { cf_1: false, cf_4: 0 })).toEqual({
      cf_1: false,
      cf_4: 0,
    });
  });
  it('names what is required and blank, where one may write it', () => {
    expect(lacking([plate, model, shut], { cf_1: ' ' })).toEqual({ cf_1: '车型没有填' });
    expect(lacking([own('bool', { required: true })], { cf_1: false })).toEqual({});
  });
  it('says which figure is out of bounds', () => {
    const units = own('number', { settings: { min: 0, max: 500, precision: 0 } });
    expect([-1, 501, 2.5, 12, null].map((value) => wrongOf(units, value))).toEqual([
      '不能小于 0',
      '不能大于 500',
      '要填整数',
      null,
      null,
    ]);
    expect(wrongOf(own('percent'), 1.234)).toBe('最多 2 位小数');
  });
  it('stands in groups, each where its first field does', () => {
    const named = [{ key: 'car', zh: '车辆', en: 'Car' }];
    const fields = [
      own('text', { group: 'car' }),
      own('text', { group: 'basic' }),
      own('text', { group: 'car' }),
    ];
    expect(groupsOf(fields, named).map((one) => [one.key, one.title, one.fields.length])).toEqual([
      ['car', '车辆', 2],
      ['basic', '基本', 1],
    ]);
  });
  it('is a column too', () => {
    const column = ownColumn(own('money', { sort: false }));
    expect([column.key, column.sort, column.end, column.edit]).toEqual(['cf_1', undefined, true, true]);
    expect(ownColumn(shut).edit).toBe(false);
  });
});
