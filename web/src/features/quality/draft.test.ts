import { describe, expect, it } from 'vitest';
import type { RuleRow, StandardBody } from '@/api/standard';
import { differing, setMeaning, setRule, setThreshold, setWords, wordsIn } from './draft';

const NONE: StandardBody = { rules: {}, required: {}, thresholds: {}, words: {}, glossary: {} };
const LATE: RuleRow = { key: 'late-entry', zh: '补填', usual: { severity: 'warning', weight: 5 } };

describe('a draft of the standard', () => {
  it('says only what differs from the pack', () => {
    const hard = setRule(NONE, 'rules', LATE, { severity: 'error' });
    const heavy = setRule(hard, 'rules', LATE, { weight: 9 });
    expect(heavy.rules).toEqual({ 'late-entry': { severity: 'error', weight: 9 } });
    const light = setRule(setRule(heavy, 'rules', LATE, { severity: 'warning' }), 'rules', LATE, {
      weight: 5,
    });
    expect(light).toEqual(NONE);
    expect(setThreshold(setThreshold(NONE, 'late_hours', 48, 24), 'late_hours', 24, 24)).toEqual(NONE);
    expect(setWords(setWords(NONE, 'acts', { add: ['试驾'] }), 'acts', { add: [] })).toEqual(NONE);
    expect(setMeaning(setMeaning(NONE, 'MES', '制造执行系统'), 'MES', null)).toEqual(NONE);
  });
  it('counts what it would change', () => {
    const one = setMeaning(setThreshold(NONE, 'late_hours', 48, 24), 'KP', '');
    expect(differing(one, NONE)).toBe(2);
    expect(differing(one, setThreshold(NONE, 'late_hours', 36, 24))).toBe(2);
    expect(differing(one, one)).toBe(0);
  });
  it('takes pasted words apart', () => {
    expect(wordsIn('试驾、提车，上牌 试驾')).toEqual(['试驾', '提车', '上牌']);
  });
});
