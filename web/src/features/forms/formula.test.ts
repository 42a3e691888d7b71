import { beforeAll, describe, expect, it } from 'vitest';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { newEntry } from './draft';
import { renamedIn, usableIn, withLabels, withUids } from './formula';
import { draft, field } from './samples';

beforeAll(() => setCatalogue('zh-CN', zh));

describe('a formula in the designer', () => {
  const form = draft(
    field('cf_1', 'more', { type: 'number', zh: '单价' }),
    field('cf_2', 'more', { type: 'number', zh: '数量' }),
    field('cf_3', 'more', { type: 'formula', zh: '总价' }),
    field('cf_4', 'more', { type: 'option', zh: '等级' }),
  );
  it('is typed by labels and kept by fields', () => {
    expect(withUids(form, 'ROUND({单价} × { 数量 }, 2) & {没有}')).toBe('ROUND({cf_1} × {cf_2}, 2) & {没有}');
    expect(withLabels(form, '{cf_1} * {cf_2} + {cf_9}')).toBe('{单价} * {数量} + {cf_9}');
    expect(renamedIn('{f1}+{cf_2}', (key) => (key === 'f1' ? 'cf_5' : key))).toBe('{cf_5}+{cf_2}');
  });
  it('may ask for what can be reckoned with, but not for itself', () => {
    const total = form.fields.find((one) => one.uid === 'cf_3') ?? newEntry('x', 'formula', {});
    const names = usableIn(form, total).map((one) => one.uid);
    expect(names.filter((uid) => uid.startsWith('cf_'))).toEqual(['cf_1', 'cf_2', 'cf_4']);
    expect(names).not.toContain('h');
  });
});
