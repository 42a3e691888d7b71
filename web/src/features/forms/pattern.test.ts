import { describe, expect, it } from 'vitest';
import { firstOf, USUAL } from './pattern';

describe('the pattern of a serial number', () => {
  it.each([
    [USUAL, '2026-0001'],
    ['SQ-{YYYY}-{0000}', 'SQ-2026-0001'],
    ['{YY}{MM}{DD}{000}', '260309001'],
    ['编号{0}', '编号1'],
  ])('%s begins with %s', (pattern, first) => {
    expect(firstOf(pattern, '2026-03-09')).toBe(first);
  });
  it.each(['', 'SQ', '{YYYY}', '{0}{0}', '{0}{HH}', '{0}{', '{00000000000}'])('%s is none', (pattern) => {
    expect(firstOf(pattern, '2026-03-09')).toBeNull();
  });
});
