import {
  type Block,
  type FlatItem,
  MARK_KINDS,
  type MarkKind,
  nested,
  type RichSpan,
  type Tree,
  tidySpans,
  unquoted,
} from './blocks';

/** What is read of a node: any DOM has it. */
export interface ReadNode {
  nodeType: number;
  nodeName: string;
  nodeValue: string | null;
  childNodes: ArrayLike<ReadNode>;
  getAttribute?: (name: string) => string | null;
}

const ELEMENT = 1;
const TEXT = 3;
const FRAGMENT = 11;
const NOTHING =
  /^(HEAD|STYLE|SCRIPT|TITLE|META|LINK|XML|TEMPLATE|NOSCRIPT|OBJECT|IFRAME|IMG|PICTURE|SVG|CANVAS|VIDEO|AUDIO|INPUT|BUTTON|SELECT|TEXTAREA|O:IDENTIFIER|W:.*)$/;
const BLOCKS =
  /^(P|DIV|SECTION|ARTICLE|ASIDE|HEADER|FOOTER|MAIN|NAV|H[1-6]|PRE|ADDRESS|FIGURE|FIGCAPTION|DL|DT|DD|LI|TR|CENTER|FORM|HR|BLOCKQUOTE)$/;

interface Look {
  bold: boolean;
  mark: MarkKind | null;
}

const childrenOf = (node: ReadNode): ReadNode[] => Array.from(node.childNodes);
const nameOf = (node: ReadNode): string => node.nodeName.toUpperCase();
const styleOf = (node: ReadNode): string =>
  (node.getAttribute?.('style') ?? '').toLowerCase().replace(/\s/g, '');
const classOf = (node: ReadNode): string => node.getAttribute?.('class') ?? '';

function isNothing(node: ReadNode): boolean {
  if (node.nodeType !== ELEMENT) return node.nodeType !== TEXT && node.nodeType !== FRAGMENT;
  return (
    NOTHING.test(nameOf(node)) ||
    /display:none|mso-hide:all|mso-list:ignore|visibility:hidden/.test(styleOf(node))
  );
}

function lookOf(node: ReadNode, look: Look): Look {
  const style = styleOf(node);
  let { bold, mark } = look;
  if (/^(B|STRONG|H[1-6]|TH)$/.test(nameOf(node))) bold = true;
  const weight = /(?:^|;)font-weight:(\w+)/.exec(style)?.[1];
  if (weight) bold = weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
  const kind = /(?:^|\s)mark-(\w+)/.exec(classOf(node))?.[1];
  if (kind && (MARK_KINDS as readonly string[]).includes(kind)) mark = kind as MarkKind;
  return { bold, mark };
}

function span(text: string, { bold, mark }: Look): RichSpan {
  const out: RichSpan = { text };
  if (bold) out.bold = true;
  if (mark) out.mark = mark;
  return out;
}

const squeezed = (text: string | null): string =>
  (text ?? '').replace(/[\u200b-\u200d\ufeff]/g, '').replace(/[\s\u00a0]+/g, ' ');

/** Every text in a node as one text; blocks within begin a new line of it. */
function textIn(node: ReadNode, look: Look, breaks: string, but?: RegExp): RichSpan[] {
  const out: RichSpan[] = [];
  const walk = (one: ReadNode, how: Look) => {
    if (isNothing(one)) return;
    if (one.nodeType === TEXT) {
      out.push(span(squeezed(one.nodeValue), how));
      return;
    }
    const name = nameOf(one);
    if (but?.test(name)) return;
    if (name === 'BR') {
      out.push(span(breaks, how));
      return;
    }
    const block = BLOCKS.test(name) || /^(UL|OL|TABLE|TD|TH)$/.test(name);
    if (block && out.length) out.push(span(breaks, how));
    for (const child of childrenOf(one)) walk(child, lookOf(child, how));
    if (block) out.push(span(breaks, how));
  };
  for (const child of childrenOf(node)) walk(child, lookOf(child, look));
  return lines(out);
}

/** Blanks beside a line break go, several breaks become one. */
function lines(spans: RichSpan[]): RichSpan[] {
  const tidy = tidySpans(spans);
  return tidySpans(
    tidy.map((one, at) => {
      let text = one.text.replace(/ *\n[ \n]*/g, '\n').replace(/ {2,}/g, ' ');
      if (/\s$/.test(tidy[at - 1]?.text ?? '') && /^\s/.test(text)) text = text.trimStart();
      return { ...one, text };
    }),
  );
}

function itemsIn(list: ReadNode, level: number, look: Look): FlatItem[] {
  const type = nameOf(list) === 'OL' ? 'numbers' : 'bullets';
  return childrenOf(list).flatMap((node): FlatItem[] => {
    if (isNothing(node)) return [];
    const name = nameOf(node);
    if (name === 'UL' || name === 'OL') return itemsIn(node, level + 1, look);
    if (node.nodeType === TEXT && !squeezed(node.nodeValue).trim()) return [];
    const how = lookOf(node, look);
    const text =
      node.nodeType === TEXT
        ? tidySpans([span(squeezed(node.nodeValue), how)])
        : textIn(node, how, '\n', /^[UO]L$/);
    const inner = listsIn(node).flatMap((one) => itemsIn(one, level + 1, how));
    return text.length ? [{ level, type, text }, ...inner] : inner;
  });
}

/** The nearest lists below a node. */
function listsIn(node: ReadNode): ReadNode[] {
  return childrenOf(node).flatMap((child) =>
    /^[UO]L$/.test(nameOf(child)) ? [child] : child.nodeType === ELEMENT ? listsIn(child) : [],
  );
}

function below(node: ReadNode, wanted: RegExp): ReadNode[] {
  return childrenOf(node).flatMap((child) => {
    if (wanted.test(nameOf(child))) return [child];
    return /^(THEAD|TBODY|TFOOT)$/.test(nameOf(child)) ? below(child, wanted) : [];
  });
}

const many = (cell: ReadNode, name: string): number =>
  Math.max(1, Math.min(Number(cell.getAttribute?.(name)) || 1, 20));

/** Rows of a table, joined cells laid out as one full and some empty ones. */
function rowsIn(table: ReadNode): RichSpan[][][] {
  const held = new Map<number, number>();
  return below(table, /^TR$/).map((tr) => {
    const row: RichSpan[][] = [];
    const fill = () => {
      for (let left = held.get(row.length); left; left = held.get(row.length)) {
        held.set(row.length, left - 1);
        row.push([]);
      }
    };
    for (const cell of below(tr, /^T[DH]$/)) {
      fill();
      const down = many(cell, 'rowspan') - 1;
      const wide = many(cell, 'colspan');
      for (let at = 0; at < wide; at += 1) {
        if (down) held.set(row.length, down);
        row.push(at ? [] : textIn(cell, { bold: false, mark: null }, ' '));
      }
    }
    fill();
    return row;
  });
}

function tableOf(rows: RichSpan[][][]): Block | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const full = rows
    .filter((row) => row.some((cell) => cell.length))
    .map((row) => Array.from({ length: width }, (_, at) => row[at] ?? []));
  const kept = Array.from({ length: width }, (_, at) => at).filter((at) =>
    full.some((row) => row[at]?.length),
  );
  const out = full.map((row) => kept.map((at) => row[at] ?? []));
  return out.length ? { type: 'table', rows: out } : null;
}

/** A list paragraph of Word: level and kind are said by its style and by the sign in front. */
function wordItem(node: ReadNode, look: Look): FlatItem | null {
  const style = styleOf(node);
  const level = /mso-list:[^;]*?level(\d)/.exec(style)?.[1];
  if (!level) return null;
  const sign = signIn(node).trim();
  const text = textIn(node, look, '\n');
  const type = /^[（(]?[\da-z一二三四五六七八九十]{1,4}[.．、)）]/i.test(sign) ? 'numbers' : 'bullets';
  return text.length ? { level: Number(level), type, text } : null;
}

function signIn(node: ReadNode): string {
  if (node.nodeType === TEXT) return node.nodeValue ?? '';
  const ignored = /mso-list:ignore/.test(styleOf(node));
  const inner = childrenOf(node);
  if (ignored) return inner.map(signAll).join('');
  return inner.map((child) => (child.nodeType === ELEMENT ? signIn(child) : '')).join('');
}
const signAll = (node: ReadNode): string =>
  node.nodeType === TEXT ? (node.nodeValue ?? '') : childrenOf(node).map(signAll).join('');

class Reader {
  readonly out: Tree = [];
  private line: RichSpan[] = [];
  private word: FlatItem[] = [];

  private endLine(): void {
    const text = lines(this.line);
    this.line = [];
    if (!text.length) return;
    this.endWord();
    this.out.push({ type: 'paragraph', text });
  }

  private endWord(): void {
    this.out.push(...nested(this.word));
    this.word = [];
  }

  private add(blocks: (Block | null)[]): void {
    this.endLine();
    this.endWord();
    for (const block of blocks) if (block) this.out.push(block);
  }

  end(): Tree {
    this.add([]);
    return this.out;
  }

  read(node: ReadNode, look: Look): void {
    if (isNothing(node)) return;
    if (node.nodeType === TEXT) {
      this.line.push(span(squeezed(node.nodeValue), look));
      return;
    }
    const name = nameOf(node);
    if (name === 'BR') this.line.push(span('\n', look));
    else if (name === 'UL' || name === 'OL') this.add(nested(itemsIn(node, 1, look)));
    else if (name === 'BLOCKQUOTE' && /\bsaid\b/.test(classOf(node))) {
      const text = unquoted(textIn(node, look, '\n'));
      this.add([text.length ? { type: 'quote', text } : null]);
    } else if (name === 'TABLE') this.table(node, look);
    else this.other(node, name, look);
  }

  /** A table of a single cell is a frame round its content, as mails and articles have them. */
  private table(node: ReadNode, look: Look): void {
    const rows = rowsIn(node);
    if (rows.flat().filter((cell) => cell.length).length > 1) this.add([tableOf(rows)]);
    else {
      this.endLine();
      for (const tr of below(node, /^TR$/)) for (const cell of below(tr, /^T[DH]$/)) this.all(cell, look);
      this.endLine();
    }
  }

  private other(node: ReadNode, name: string, look: Look): void {
    const item = wordItem(node, look);
    if (item) {
      this.endLine();
      this.word.push(item);
      return;
    }
    const block = BLOCKS.test(name);
    if (block) this.endLine();
    this.all(node, look);
    if (block) this.endLine();
  }

  all(node: ReadNode, look: Look): void {
    for (const child of childrenOf(node)) this.read(child, lookOf(child, look));
  }
}

/**
 * What stands below a node as a tree of blocks: of pasted pages (Word, WeChat, mails, sheets) only text, bold,
 * lists and tables remain; of our own editor also marks and quotations.
 */
export function treeFrom(node: ReadNode): Tree {
  const reader = new Reader();
  reader.all(node, { bold: false, mark: null });
  return reader.end();
}

/** Whether a pasted tree holds what plain text cannot: then the field becomes a rich one. */
export function needsRich(tree: Tree): boolean {
  return tree.some((block) => block.type !== 'paragraph');
}
