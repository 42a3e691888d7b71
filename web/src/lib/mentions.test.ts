import { describe, expect, it } from 'vitest';
import type { MemberRow } from '@/api/types';
import { asked, found, pieces, stillNamed, withName } from './mentions';

const row = (id: number, name: string, full: string, short: string, active = true): MemberRow => ({
  id,
  name,
  department_id: null,
  roles: [],
  active,
  spelling: [full, short],
});
const TEAM = [
  row(1, '李静', 'lijing', 'lj'),
  row(2, '王海涛', 'wanghaitao', 'wht'),
  row(3, '汪涛', 'wangtao', 'wt'),
  row(4, '海涛', 'haitao', 'ht', false),
];

describe('naming a colleague', () => {
  it('asks from the @ to the caret, not in an address and not over a gap', () => {
    expect(asked('请 @wh', 5)).toEqual({ from: 2, words: 'wh' });
    expect(asked('@', 1)).toEqual({ from: 0, words: '' });
    expect(asked('li@example', 10)).toBeNull();
    expect(asked('@王海涛 看', 6)).toBeNull();
    expect(asked('没有', 2)).toBeNull();
  });

  it('finds by name, pinyin and initials, never oneself or who has left', () => {
    const names = (words: string) => found(TEAM, words, 1).map((one) => one.name);
    expect(names('')).toEqual(['王海涛', '汪涛']);
    expect(names('wht')).toEqual(['王海涛']);
    expect(names('wang')).toEqual(['王海涛', '汪涛']);
    expect(names('涛')).toEqual(['王海涛', '汪涛']);
    expect(names('HAITAO')).toEqual(['王海涛']);
    expect(names('lj')).toEqual([]);
  });

  it('puts the name in and knows who is still named', () => {
    expect(withName('请 @wh 看', 2, 5, '王海涛')).toEqual(['请 @王海涛  看', 7]);
    expect(stillNamed('@王海涛 看', [{ name: '王海涛' }, { name: '汪涛' }])).toEqual([{ name: '王海涛' }]);
    expect(pieces('请@王海涛看', ['王海', '王海涛'])).toEqual([
      { text: '请', named: false },
      { text: '@王海涛', named: true },
      { text: '看', named: false },
    ]);
  });
});
