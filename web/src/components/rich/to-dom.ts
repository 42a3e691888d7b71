import type { ListBlock, RichSpan, Tree } from '@/lib/blocks';

function inline(span: RichSpan): Node {
  const lines = span.text.split('\n');
  const text = document.createDocumentFragment();
  for (const [at, line] of lines.entries()) {
    if (at) text.append(document.createElement('br'));
    if (line) text.append(line);
  }
  let node: Node = text;
  if (span.bold) node = within('b', node);
  if (span.mark) {
    const mark = within('span', node);
    mark.className = `mark-${span.mark}`;
    node = mark;
  }
  return node;
}

function within(tag: string, ...children: Node[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

/** An empty part keeps its height and takes the caret by a break. */
const filled = (tag: string, text: readonly RichSpan[]): HTMLElement =>
  within(tag, ...(text.length ? text.map(inline) : [document.createElement('br')]));

/** Lists within lists stand beside their items: so the editor itself moves items in and out. */
function list(block: ListBlock): HTMLElement {
  const made = document.createElement(block.type === 'bullets' ? 'ul' : 'ol');
  for (const item of block.items) {
    made.append(filled('li', item.text));
    if (item.list) made.append(list(item.list));
  }
  return made;
}

export function tableOf(rows: readonly (readonly RichSpan[][])[]): HTMLElement {
  const body = document.createElement('tbody');
  for (const row of rows) body.append(within('tr', ...row.map((cell) => filled('td', cell))));
  return within('table', body);
}

/** A tree as nodes for the editor: made from text alone, never from markup. */
export function fragmentOf(tree: Tree): DocumentFragment {
  const out = document.createDocumentFragment();
  for (const block of tree) {
    if ('items' in block) out.append(list(block));
    else if (block.type === 'paragraph') out.append(filled('div', block.text));
    else if (block.type === 'quote') {
      const said = within('blockquote', filled('div', block.text));
      said.className = 'said';
      out.append(said);
    } else if ('rows' in block) out.append(tableOf(block.rows));
  }
  return out;
}
