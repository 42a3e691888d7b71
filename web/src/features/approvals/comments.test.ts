import { describe, expect, it } from 'vitest';
import type { Finding } from '@/api/types';
import { commented, EMPTY, linesOf, marksIn, numbered, rowOf } from './comments';

const finding = (field: string, severity: Finding['severity'], span: [number, number] | null = null) =>
  ({
    rule: 'x',
    severity,
    field,
    span,
    message: { zh: '', en: '' },
    why: '',
    example: null,
    suggestion: null,
    fix: null,
  }) as Finding;

describe('findings on the rows of a record', () => {
  it('are numbered gravest first; advice is left out', () => {
    const found = numbered([
      finding('summary', 'hint'),
      finding('summary', 'warning'),
      finding('next_steps', 'error'),
    ]);
    expect(found.map((each) => [each.number, each.index, each.row])).toEqual([
      [1, 2, 'next_steps'],
      [2, 1, 'summary'],
    ]);
    expect(numbered([finding('summary', 'hint')], true)).toHaveLength(1);
  });

  it('stand on the row that holds their field', () => {
    expect(['channel', 'quotes', 'summary', 'next_steps', null].map(rowOf)).toEqual([
      'contact_at',
      'feedback',
      'summary',
      'next_steps',
      'summary',
    ]);
  });

  it('mark their words and the quotations', () => {
    const text = '他说“太贵”，感觉没戏';
    expect(marksIn(text, 'summary', [finding('summary', 'warning', [7, 11])])).toEqual([
      { span: [7, 11], tone: 'warning' },
      { span: [2, 6], tone: 'quote' },
    ]);
    expect(marksIn(text, 'feedback', [finding('summary', 'warning', [7, 11])])).toHaveLength(1);
  });
});

it('counts comments that say something', () => {
  expect(commented({ ...EMPTY, comments: { summary: '补数字', feedback: '  ' } })).toEqual(['summary']);
});

it('reads lists of any shape as lines', () => {
  expect(linesOf(['现金流', { text: '嫌贵', answer: '分期' }, { q: '多久', a: '' }, {}])).toEqual([
    '现金流',
    '嫌贵 → 分期',
    '多久',
  ]);
  expect(linesOf('x')).toEqual([]);
});
