/**
 * Rich text as a small tree of blocks: the same reading as the server's `lib/blocks`, whose written cases
 * both test. No HTML is kept anywhere.
 */
export type MarkKind = 'task' | 'risk' | 'feedback';
export const MARK_KINDS: readonly MarkKind[] = ['task', 'risk', 'feedback'];

export interface RichSpan {
  text: string;
  bold?: boolean;
  mark?: MarkKind;
}
export interface ListItem {
  text: RichSpan[];
  list?: ListBlock;
}
export interface ListBlock {
  type: 'bullets' | 'numbers';
  items: ListItem[];
}
export interface TextBlock {
  type: 'paragraph' | 'quote';
  text: RichSpan[];
}
export interface TableBlock {
  type: 'table';
  rows: RichSpan[][][];
}
export type Block = TextBlock | ListBlock | TableBlock;
export type Tree = Block[];

/** A stretch of one look on one line, as the server's previews give them. */
export interface Run extends RichSpan {
  quote?: boolean;
}
export interface Piece extends Run {
  /** False for what only the plain text has: line breaks, bullets, quotation marks. */
  own: boolean;
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿';
const DEEPEST = 3;

const added = (text: string): Piece => ({ text, own: false });
const own = (text: RichSpan[]): Piece[] => text.map((span) => ({ ...span, own: true }));

function itemPieces(block: ListBlock, depth: number): Piece[] {
  return block.items.flatMap((item, at) => {
    const sign = block.type === 'bullets' ? '•' : (CIRCLED[at] ?? `(${at + 1})`);
    return [
      ...(at ? [added('\n')] : []),
      added(`${'  '.repeat(depth)}${sign} `),
      ...own(item.text),
      ...(item.list ? [added('\n'), ...itemPieces(item.list, depth + 1)] : []),
    ];
  });
}

function blockPieces(block: Block): Piece[] {
  switch (block.type) {
    case 'paragraph':
      return own(block.text);
    case 'quote':
      return [added('“'), ...own(block.text), added('”')].map((piece) => ({ ...piece, quote: true }));
    case 'table':
      return block.rows.flatMap((row, at) => [
        ...(at ? [added('\n')] : []),
        ...row.flatMap((cell, column) => [
          ...(column ? [added(' | ')] : []),
          ...(cell.length ? own(cell) : [added('–')]),
        ]),
      ]);
    default:
      return itemPieces(block, 0);
  }
}

/** The stretches of a tree in reading order; joined they are its plain text. */
export function pieces(tree: Tree): Piece[] {
  return tree.flatMap((block, at) => [...(at ? [added('\n')] : []), ...blockPieces(block)]);
}

export const plainOf = (tree: Tree): string =>
  pieces(tree)
    .map((piece) => piece.text)
    .join('');

/** Nothing but unmarked paragraphs: the plain text says it all. */
export function isBare(tree: Tree): boolean {
  return tree.every(
    (block) => block.type === 'paragraph' && block.text.every((span) => !span.bold && !span.mark),
  );
}

/** Plain text as paragraphs, a line each; a line that is one quotation becomes 客户原话. */
export function treeOf(text: string): Tree {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line): TextBlock => {
      const said = /^“([^“”]{2,})”$/.exec(line)?.[1];
      return said ? { type: 'quote', text: [{ text: said }] } : { type: 'paragraph', text: [{ text: line }] };
    });
}

const sameLook = (one: RichSpan, two: RichSpan) => !one.bold === !two.bold && one.mark === two.mark;

/** Without blanks at both ends, equal neighbours joined, empty spans dropped. */
export function tidySpans(raw: readonly RichSpan[]): RichSpan[] {
  const out: RichSpan[] = [];
  for (const span of raw) {
    const last = out.at(-1);
    let { text } = span;
    if (!last) text = text.trimStart();
    if (!text) continue;
    const clean: RichSpan = { text };
    if (span.bold) clean.bold = true;
    if (span.mark) clean.mark = span.mark;
    if (last && sameLook(last, clean)) last.text += text;
    else out.push(clean);
  }
  for (let last = out.at(-1); last; last = out.at(-1)) {
    last.text = last.text.trimEnd();
    if (last.text) break;
    out.pop();
  }
  return out;
}

const PAIRS = ['“”', '「」', '『』', '""'];

/** The customer's words without the marks round them; marks within become single ones. */
export function unquoted(raw: RichSpan[]): RichSpan[] {
  let spans = raw;
  for (;;) {
    const whole = spans.map((span) => span.text).join('');
    const pair = PAIRS.find((one) => whole.length > 1 && whole[0] === one[0] && whole.at(-1) === one[1]);
    if (!pair || [...whole.slice(1, -1)].some((sign) => pair.includes(sign))) break;
    const last = spans.length - 1;
    spans = tidySpans(
      spans.map((span, at) => ({
        ...span,
        text: span.text.slice(at === 0 ? 1 : 0, at === last ? -1 : undefined),
      })),
    );
  }
  return spans.map((span) => ({ ...span, text: span.text.replace(/“/g, '‘').replace(/”/g, '’') }));
}

export interface FlatItem {
  level: number;
  type: ListBlock['type'];
  text: RichSpan[];
}

/** Items with their levels as lists within lists, at most three deep. */
export function nested(flat: readonly FlatItem[]): ListBlock[] {
  const blocks: ListBlock[] = [];
  const path: ListBlock[] = [];
  for (const { level: wanted, type, text } of flat) {
    const level = Math.max(1, Math.min(wanted, DEEPEST, path.length + 1));
    path.length = Math.min(path.length, level);
    let list = path[level - 1];
    if (!list || (level === 1 && list.type !== type)) {
      list = { type, items: [] };
      const above = path[level - 2]?.items.at(-1);
      if (above) above.list = list;
      else blocks.push(list);
      path[level - 1] = list;
    }
    list.items.push({ text });
  }
  return blocks;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isSpans = (value: unknown): boolean =>
  Array.isArray(value) && value.every((span) => isRecord(span) && typeof span.text === 'string');

function isList(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value.items)) return false;
  return value.items.every(
    (item) => isRecord(item) && isSpans(item.text) && (item.list === undefined || isList(item.list)),
  );
}

/** Whether something kept on the device or in a draft is a tree that can be drawn. */
export function isTree(value: unknown): value is Tree {
  return (
    Array.isArray(value) &&
    value.every((block) => {
      if (!isRecord(block)) return false;
      if (block.type === 'paragraph' || block.type === 'quote') return isSpans(block.text);
      if (block.type === 'bullets' || block.type === 'numbers') return isList(block);
      return (
        block.type === 'table' &&
        Array.isArray(block.rows) &&
        block.rows.every((row) => Array.isArray(row) && row.every(isSpans))
      );
    })
  );
}
