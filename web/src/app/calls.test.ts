import { describe, expect, it } from 'vitest';
import { calls } from './calls';

describe('calls', () => {
  const log = (asked: string) => calls(asked, '写跟进', 'xie gen jin');

  it('takes Chinese, pinyin from a syllable on, initials, and nothing at all', () => {
    for (const asked of ['', '跟进', 'xie', 'genjin', 'gen j', 'xgj', 'GJ']) expect(log(asked)).toBe(true);
  });

  it('takes neither the middle of a syllable nor other letters', () => {
    for (const asked of ['ie', 'en', 'xj', '客户', 'genx']) expect(log(asked)).toBe(false);
  });
});
