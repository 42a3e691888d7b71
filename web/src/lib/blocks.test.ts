import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isBare, isTree, nested, pieces, plainOf, type Tree, tidySpans, treeOf, unquoted } from './blocks';

interface Case {
  what: string;
  tree: Tree;
  plain: string;
}
/** The server's written cases: both read a tree alike. */
const CASES = JSON.parse(
  readFileSync(new URL('../../../genjin/lib/tests/blocks.json', import.meta.url), 'utf8'),
) as Case[];

describe('a tree', () => {
  it.each(CASES)('reads as the server reads it: $what', ({ tree, plain }) => {
    expect(isTree(tree)).toBe(true);
    expect(plainOf(tree)).toBe(plain);
  });

  it('tells its own characters from those only the plain text has', () => {
    const tree: Tree = [{ type: 'quote', text: [{ text: '太贵' }] }, ...treeOf('一')];
    expect(pieces(tree).map(({ text, own }) => [text, own])).toEqual([
      ['“', false],
      ['太贵', true],
      ['”', false],
      ['\n', false],
      ['一', true],
    ]);
  });

  it('is known to say no more than plain text', () => {
    expect(isBare(treeOf('一\n二'))).toBe(true);
    expect(isBare([{ type: 'paragraph', text: [{ text: '一', mark: 'risk' }] }])).toBe(false);
    expect(isBare(treeOf('“太贵了”'))).toBe(false);
  });

  it.each([
    null,
    'x',
    [{ type: 'html' }],
    [{ type: 'bullets', items: [{ text: 'x' }] }],
    [{ type: 'table' }],
  ])('is not taken from %j', (value) => expect(isTree(value)).toBe(false));
});

describe('plain text', () => {
  it('becomes paragraphs, a line each, a whole quotation 客户原话', () => {
    expect(treeOf('王总看了方案\n\n“30 天内能到就定”\n他说“贵”，没定')).toEqual([
      { type: 'paragraph', text: [{ text: '王总看了方案' }] },
      { type: 'quote', text: [{ text: '30 天内能到就定' }] },
      { type: 'paragraph', text: [{ text: '他说“贵”，没定' }] },
    ]);
  });
});

describe('spans', () => {
  it('are trimmed at both ends and joined where they look alike', () => {
    expect(
      tidySpans([
        { text: ' ' },
        { text: ' 甲' },
        { text: '乙', bold: false },
        { text: '丙 ', bold: true },
        { text: ' ' },
      ]),
    ).toEqual([{ text: '甲乙' }, { text: '丙', bold: true }]);
  });
  it('of a quotation lose the marks round them', () => {
    expect(unquoted([{ text: '“王总说' }, { text: '“贵”', bold: true }, { text: '”' }])).toEqual([
      { text: '‘王总说' },
      { text: '‘贵’', bold: true },
      { text: '’' },
    ]);
    expect(unquoted([{ text: '「再看看」' }])).toEqual([{ text: '再看看' }]);
  });
});

describe('items', () => {
  const item = (level: number, text: string, type: 'bullets' | 'numbers' = 'bullets') => ({
    level,
    type,
    text: [{ text }],
  });
  it('nest by their levels, three deep at most', () => {
    const [list, ...more] = nested([
      item(1, 'a'),
      item(2, 'b', 'numbers'),
      item(3, 'c'),
      item(5, 'd'),
      item(1, 'e'),
    ]);
    expect(more).toEqual([]);
    expect(plainOf(list ? [list] : [])).toBe('• a\n  ① b\n    • c\n    • d\n• e');
  });
  it('of another kind begin a new list', () => {
    expect(nested([item(2, 'a'), item(1, 'b', 'numbers')]).map((list) => list.type)).toEqual([
      'bullets',
      'numbers',
    ]);
  });
});
