import { beforeAll, describe, expect, it } from 'vitest';
import { applies, type Template, templateFor } from '@/api/templates';
import type { Field, Finding } from '@/api/types';
import { labelsOf } from '@/lib/options';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { emptyDraft, heldBy, toBody, withValue } from './draft';
import { placeOf, visible } from './findings';
import { readFigure } from './groups/Inputs';
import { ownSections } from './More';
import type { Log } from './use-log';

beforeAll(() => setCatalogue('zh-CN', zh));

const NOW = '2026-11-24T02:12:00Z';
const template = (key: string, kinds: string[] = []): Template => ({
  id: 1,
  key,
  version: 1,
  zh: key,
  en: key,
  kinds,
  conditions: {},
  sections: [],
});
const items = [template('report'), template('record', ['sales']), template('service', ['after_sales'])];

describe('the template of a record', () => {
  it('is the one chosen, else the last one used, else the one of the kind', () => {
    expect(templateFor({ items, last_used: 'report' }, 'service', 'sales')?.key).toBe('service');
    expect(templateFor({ items, last_used: 'report' }, null, 'sales')?.key).toBe('report');
    expect(templateFor({ items, last_used: null }, null, 'after_sales')?.key).toBe('service');
    expect(templateFor({ items, last_used: 'gone' }, 'gone too', 'other')?.key).toBe('report');
    expect(templateFor(undefined, null, 'sales')).toBeNull();
  });
  it('shows a part while one of its conditions holds', () => {
    expect(applies([], [])).toBe(true);
    expect(applies(['won', 'late'], ['won'])).toBe(true);
    expect(applies(['won'], ['maintenance'])).toBe(false);
  });
});

describe('fields without a place of their own', () => {
  it('are kept by slug and sent when filled', () => {
    const draft = { ...emptyDraft(7, NOW), template: 'report', kind: 'after_sales' };
    Object.assign(draft, withValue(draft, 'amount', 86_000_000), withValue(draft, 'satisfaction', 4));
    const next = { ...draft, ...withValue(draft, 'topic', ' 交期 ') };
    expect([heldBy(next, 'amount'), heldBy(next, 'satisfaction'), heldBy(next, 'signed_on')]).toEqual([
      86_000_000,
      4,
      null,
    ]);
    expect(toBody(next, NOW)).toMatchObject({
      template: 'report',
      kind: 'after_sales',
      amount: 86_000_000,
      topic: '交期',
      satisfaction: 4,
    });
  });
});

describe('fields that the team has added', () => {
  const field = (slug: string, more: Partial<Field> = {}) =>
    ({ slug, label: { zh: slug, en: slug }, type: 'text', group: 'more', required: false, ...more }) as Field;
  const labels = labelsOf({
    record_types: {
      followup: {
        label: { zh: '跟进', en: 'record' },
        groups: [{ key: 'car', zh: '车辆', en: 'Car' }],
        fields: [
          field('summary', { required: true, type: 'richtext', group: 'basic' }),
          field('topic', { required: true, group: 'report' }),
          field('cf_1', { group: 'car', required: true }),
          field('cf_2', { group: 'car' }),
          field('cf_3', { mark: 'readonly' }),
          field('cf_5'),
        ],
      },
    },
    options: {},
  });
  const named = template('report');
  named.sections = [
    {
      key: 'a',
      zh: '一',
      en: 'a',
      when: [],
      parts: [{ zh: '', en: '', fields: ['cf_5'], when: [], required: false, required_when: [] }],
    },
  ];

  it('stand in parts of their own, but for those the template holds or nobody may write', () => {
    const sections = ownSections({
      labels,
      template: named,
      me: { id: 1 },
      draft: emptyDraft(7, NOW),
    } as unknown as Log);
    expect(sections.map((one) => [one.zh, one.parts.map((part) => [part.fields[0], part.required])])).toEqual(
      [
        ['其他', [['topic', true]]],
        [
          '车辆',
          [
            ['cf_1', true],
            ['cf_2', false],
          ],
        ],
      ],
    );
  });
  it('are sent as they are, and as empty where somebody emptied them', () => {
    const draft = emptyDraft(7, NOW);
    draft.details = { cf_1: false, cf_2: ['a'], cf_3: { low: 1, high: null }, cf_4: null, topic: null };
    const body = toBody(draft, NOW);
    expect([body.cf_1, body.cf_2, body.cf_3, body.cf_4]).toEqual([
      false,
      ['a'],
      { low: 1, high: null },
      null,
    ]);
    expect('topic' in body).toBe(false);
  });
});

describe('what the template wants', () => {
  const gap = { rule: 'template-part', severity: 'error', field: 'topic', span: null } as Finding;
  it('is said once the person writes, and leads to its own input', () => {
    const draft = emptyDraft(7, NOW);
    expect(visible([gap], draft, new Set(), false)).toEqual([]);
    expect(visible([gap], { ...draft, summary: '王总看了二期方案，问了交期' }, new Set(), false)).toEqual([
      gap,
    ]);
    expect([placeOf('topic'), placeOf('跟进内容'), placeOf(null)]).toEqual(['topic', 'summary', 'summary']);
  });
});

describe('figures', () => {
  it('are read as typed: separators, yuan and fen, nothing else', () => {
    expect(['860,000', '￥ 12.5', '', '  '].map((text) => readFigure(text, 100))).toEqual([
      86_000_000,
      1250,
      null,
      null,
    ]);
    expect(['1,2', '12.345', '-1', '八', '1e3'].map((text) => readFigure(text, 100))).toEqual(
      Array(5).fill(undefined),
    );
    expect([readFigure('60', 1), readFigure('60.5', 1)]).toEqual([60, undefined]);
  });
});
