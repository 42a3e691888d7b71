import { beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { type Naming, sentenceOfNode } from './filter-words';

const amount = { slug: 'amount', label: { zh: '预计金额', en: 'Amount' }, type: 'number' } as Field;
const due = { slug: 'due', label: { zh: '到期', en: 'Due' }, type: 'date' } as Field;
const fields = { amount, due } as Record<string, Field>;
const naming = {
  record: 'customer',
  labels: { field: (_: string, slug: string) => fields[slug], label: (_: string, key: string) => key },
  member: String,
  department: String,
  link: String,
} as unknown as Naming;

beforeAll(() => setCatalogue('zh-CN', zh));

describe('conditions that only the API writes', () => {
  it('are told in words', () => {
    expect(sentenceOfNode({ field: 'amount', op: 'gt', value: 100 }, naming)).toBe('预计金额 大于 100');
    expect(sentenceOfNode({ field: 'amount', op: 'lt', value: 5 }, naming)).toBe('预计金额 小于 5');
    expect(sentenceOfNode({ field: 'due', op: 'gt', value: '2026-12-01' }, naming)).toBe(
      '到期 晚于 2026-12-01',
    );
    expect(sentenceOfNode({ field: 'gone', op: 'lt', value: 5 }, naming)).toBe('gone 小于 5');
  });
});
