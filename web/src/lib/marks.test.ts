import { describe, expect, it } from 'vitest';
import { looksLikeChat, quoteSpans, quotesIn, segments, toggleQuote, toUnits } from './marks';

describe('segments', () => {
  it('gives the text again, whatever the marks are', () => {
    const text = '他说“30 天内到就定”，感觉他还是嫌贵。';
    const marks = [
      { span: [2, 11] as const, tone: 'quote' as const },
      { span: [5, 40] as const, tone: 'warning' as const },
      { span: [-3, 1] as const, tone: 'error' as const },
      { span: [7, 7] as const, tone: 'hint' as const },
    ];
    expect(
      segments(text, marks)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('draws the graver mark where two overlap', () => {
    const pieces = segments('甲乙丙丁', [
      { span: [0, 3], tone: 'warning' },
      { span: [1, 2], tone: 'error' },
    ]);
    expect(pieces.map(({ text, tone }) => [text, tone])).toEqual([
      ['甲', 'warning'],
      ['乙', 'error'],
      ['丙', 'warning'],
      ['丁', null],
    ]);
  });

  it('joins neighbours of one tone and knows where each begins', () => {
    const pieces = segments('abcdef', [
      { span: [1, 3], tone: 'hint' },
      { span: [3, 5], tone: 'hint' },
    ]);
    expect(pieces).toEqual([
      { text: 'a', tone: null, at: 0 },
      { text: 'bcde', tone: 'hint', at: 1 },
      { text: 'f', tone: null, at: 5 },
    ]);
  });
});

describe('toUnits', () => {
  it('leaves spans of plain text alone', () => {
    expect(toUnits('等财务批预算', [0, 6])).toEqual([0, 6]);
  });
  it('counts an emoji as one character, as the rules do', () => {
    const text = '😀好，感觉他嫌贵';
    const [from, to] = toUnits(text, [3, 8]);
    expect(text.slice(from, to)).toBe('感觉他嫌贵');
  });
  it('goes to the end when the span ends there', () => {
    const text = '好😀';
    const [from, to] = toUnits(text, [1, 2]);
    expect(text.slice(from, to)).toBe('😀');
  });
});

describe('quotes', () => {
  it('reads Chinese, corner and straight marks', () => {
    expect(quotesIn('他说“太贵”，又说「再看看」, and "too dear"')).toEqual(['太贵', '再看看', 'too dear']);
  });
  it('spans hold the marks themselves', () => {
    const text = '他说“太贵了”。';
    const [span] = quoteSpans(text);
    expect(text.slice(span?.[0], span?.[1])).toBe('“太贵了”');
  });
  it('marks a selection and takes the mark off again', () => {
    const text = '他说交期太长。';
    const on = toggleQuote(text, 2, 6);
    const marked = text.slice(0, on.from) + on.insert + text.slice(on.to);
    expect(marked).toBe('他说“交期太长”。');
    const off = toggleQuote(marked, on.select[0], on.select[1]);
    expect(marked.slice(0, off.from) + off.insert + marked.slice(off.to)).toBe(text);
  });
  it('leaves blanks and commas at the ends outside the marks', () => {
    const text = '他说，交期太长，';
    const edit = toggleQuote(text, 2, 8);
    expect(text.slice(0, edit.from) + edit.insert + text.slice(edit.to)).toBe('他说，“交期太长”，');
  });
  it('does nothing to an empty selection', () => {
    expect(toggleQuote('他说，', 2, 3).insert).toBe('，');
  });
});

describe('looksLikeChat', () => {
  it('knows a pasted dialogue', () => {
    expect(looksLikeChat('王总：方案看了\n李晓雯：哪里要改\n王总：交期太长')).toBe(true);
    expect(
      looksLikeChat('王建国 2026-11-20 14:30\n方案看了\n李晓雯 2026-11-20 14:31\n好的\n王建国 14:32\n太长'),
    ).toBe(true);
  });
  it('does not take headed notes for one', () => {
    expect(looksLikeChat('需求：42 个点位\n预算：80 万\n交期：30 天')).toBe(false);
    expect(looksLikeChat('王总看了方案，问能不能提前。')).toBe(false);
  });
});
