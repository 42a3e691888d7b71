import { QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { keys, queryClient } from '@/api/queries';
import type { Field, FieldType } from '@/api/types';
import { setZone } from '@/lib/time';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { Control } from './Control';

beforeAll(() => {
  setCatalogue('zh-CN', zh);
  setZone('Asia/Shanghai');
  queryClient.setQueryData(keys.members, {
    items: [{ id: 7, name: '赵敏', active: true, spelling: [] }],
  });
  queryClient.setQueryData(keys.departments, { items: [{ id: 3, name: '华东区' }] });
  queryClient.setQueryData(keys.schema, {
    record_types: {},
    options: {
      car: [
        { key: 'o_1', zh: 'SUV', en: 'SUV', color: '#0E6A5E' },
        { key: 'o_2', zh: '皮卡', en: 'Pickup', retired: true },
      ],
    },
  });
});

function drawn(type: FieldType, value: unknown, settings: Field['settings'] = {}): string {
  const options = type === 'option' || type === 'options' ? 'car' : null;
  const field = { slug: 'cf_1', label: { zh: '车型', en: 'Model' }, type, options, settings } as Field;
  return renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <Control field={field} value={value} set={() => {}} id="x" />
    </QueryClientProvider>,
  );
}

/** What must stand in the control of each type, given a value. */
const CONTROLS: [FieldType, unknown, Field['settings'], string[]][] = [
  ['text', '粤B', { max_length: 10 }, ['value="粤B"', 'maxLength="10"']],
  ['longtext', '右前门', {}, ['<textarea', '右前门']],
  ['number', 12, { unit: '台', min: 0, max: 500 }, ['value="12"', '台', 'placeholder="0 – 500"']],
  ['percent', 7.5, {}, ['value="7.5"', '%']],
  ['rating', 3, { max: 4 }, ['role="radiogroup"', 'aria-checked="true"', '>4<']],
  ['money', 1_200_050, { currency: 'USD' }, ['value="12,000.5"', 'USD']],
  ['money_range', { low: 100, high: null }, {}, ['车型 下限', '车型 上限', 'value="1"']],
  ['date', '2026-12-18', {}, ['value="2026-12-18"']],
  ['datetime', '2026-12-01T06:30:00Z', {}, ['value="2026-12-01 14:30"']],
  ['lunar_date', '农历闰5月3日', {}, ['五月', '初三', 'checked=""']],
  ['option', 'o_1', {}, ['SUV', '#0E6A5E']],
  ['option', 'o_2', {}, ['皮卡（已停用）']],
  ['options', ['o_1'], {}, ['SUV', '#0E6A5E']],
  ['tags', ['越野'], {}, ['越野']],
  ['bool', false, {}, ['role="radiogroup"', 'aria-checked="true"', '否']],
  ['member', { id: 7, name: '赵敏' }, {}, ['赵敏']],
  ['member', { id: 8, name: '走了的人' }, {}, ['走了的人']],
  ['department', 3, {}, ['华东区']],
  ['phone', '0755-88881234', {}, ['inputMode="tel"', 'value="0755-88881234"']],
  ['email', 'cw@example.com', {}, ['inputMode="email"']],
  ['url', 'https://example.com', {}, ['inputMode="url"']],
  ['attachment', [{ id: 4, name: '合同.pdf' }], {}, ['合同.pdf', '/api/v1/files/4']],
  ['picture', [{ id: 4, name: '门头.png' }], {}, ['<img src="/api/v1/files/4/preview"']],
  ['link', { id: 5, name: '杭州远山' }, { to: 'customer' }, ['杭州远山']],
  ['link', { id: 5, name: '' }, { to: 'customer' }, ['（看不到）']],
  [
    'address',
    { region: ['浙江', '杭州', '西湖区'], street: '文三路 1 号' },
    {},
    ['>浙江<', '>杭州<', 'value="西湖区"', 'value="文三路 1 号"'],
  ],
];

describe('the control of a type', () => {
  it.each(CONTROLS)('%s shows %j', (type, value, settings, parts) => {
    const markup = drawn(type, value, settings);
    for (const part of parts) expect(markup).toContain(part);
  });
  it('shows no key and no id where nothing is chosen', () => {
    for (const type of ['option', 'options', 'member', 'department', 'tags'] as const)
      expect(drawn(type, null)).not.toMatch(/>(o_1|7|null|undefined)</);
  });
});
