import { describe, expect, it } from 'vitest';
import { applies, type Template, templateFor } from '@/api/templates';
import type { Finding } from '@/api/types';
import { emptyDraft, heldBy, toBody, withValue } from './draft';
import { placeOf, visible } from './findings';
import { readFigure } from './groups/Inputs';

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
