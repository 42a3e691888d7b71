import Squire from 'squire-rte';
import type { MarkKind, Tree } from '@/lib/blocks';
import { treeFrom } from '@/lib/from-dom';
import { cellAt, changeTable, neighbour, type TableAct, under } from './table';
import { fragmentOf, tableOf } from './to-dom';

export interface Active {
  bold: boolean;
  mark: MarkKind | null;
  quote: boolean;
  bullets: boolean;
  numbers: boolean;
  cell: boolean;
}
export const INACTIVE: Active = {
  bold: false,
  mark: null,
  quote: false,
  bullets: false,
  numbers: false,
  cell: false,
};
export type Act = 'bold' | 'quote' | 'bullets' | 'numbers' | 'table' | MarkKind | TableAct;

const UNDO_STEPS = 200;
const UNDO_ABOVE = 60_000;
/** Formats that the tree does not know: their keys do nothing. */
const IDLE_KEYS = ['i', 'u', 'd', 'Shift-5', 'Shift-6', 'Shift-7', '[', ']'];
const markClass = (kind: MarkKind) => `mark-${kind}`;

/** Pasted markup as a tree, read in a document that runs and loads nothing. */
export function treeOfHtml(html: string): Tree {
  return treeFrom(new DOMParser().parseFromString(html, 'text/html').body);
}

/** What the editor takes in from outside: only what the tree knows, made anew. */
function taken(html: string): DocumentFragment {
  const made = fragmentOf(treeOfHtml(html));
  const [only, ...more] = made.children;
  if (only?.nodeName !== 'DIV' || more.length) return made;
  const inline = document.createDocumentFragment();
  inline.append(...only.childNodes);
  return inline;
}

/** The editor over one element: acts of the tool bar, tables, and reading what is written as a tree. */
export class RichText {
  private readonly editor: Squire;

  constructor(
    readonly root: HTMLElement,
    tree: Tree,
    heard: { changed: () => void; moved: () => void },
  ) {
    root.addEventListener('paste', this.pasteInCell, true);
    root.addEventListener('beforeinput', this.refuseFormats, true);
    this.editor = new Squire(root, {
      addLinks: false,
      tagAttributes: { blockquote: { class: 'said' } },
      undo: { documentSizeThreshold: UNDO_ABOVE, undoLimit: UNDO_STEPS },
      sanitizeToDOMFragment: taken,
    });
    this.keys();
    this.fill(tree);
    this.editor.addEventListener('input', heard.changed);
    for (const name of ['pathChange', 'cursor', 'select']) this.editor.addEventListener(name, heard.moved);
  }

  destroy(): void {
    this.root.removeEventListener('paste', this.pasteInCell, true);
    this.root.removeEventListener('beforeinput', this.refuseFormats, true);
    this.editor.destroy();
  }

  read(): Tree {
    return treeFrom(this.root);
  }

  /** Put a tree in the place of everything; undo begins anew. */
  fill(tree: Tree): void {
    this.editor.setHTML('');
    if (!tree.length) return;
    const made = fragmentOf(tree);
    // A list, table or quotation at the end would leave no line to go on in.
    if (made.lastElementChild?.nodeName !== 'DIV') made.append(this.editor.createDefaultBlock());
    this.editor.modifyDocument(() => this.root.replaceChildren(made));
    this.editor.moveCursorToEnd();
    this.editor.saveUndoState();
  }

  focus(): void {
    this.editor.focus();
  }

  insert(tree: Tree): void {
    const holder = document.createElement('div');
    holder.append(fragmentOf(tree));
    this.editor.insertHTML(holder.innerHTML, true);
  }

  active(): Active {
    const range = this.editor.getSelection();
    const at = range.startContainer;
    const within = (selector: string) => {
      const found = (at instanceof Element ? at : at.parentElement)?.closest(selector);
      return found && this.root.contains(found) && found !== this.root ? found : null;
    };
    const mark = /mark-(task|risk|feedback)/.exec(within('[class^="mark-"]')?.className ?? '')?.[1];
    const list = within('ul, ol')?.nodeName;
    return {
      bold: this.editor.hasFormat('B', null, range),
      mark: (mark as MarkKind | undefined) ?? null,
      quote: within('blockquote') !== null,
      bullets: list === 'UL',
      numbers: list === 'OL',
      cell: cellAt(at, this.root) !== null,
    };
  }

  act(what: Act): void {
    const now = this.active();
    switch (what) {
      case 'bold':
        if (now.bold) this.editor.removeBold();
        else this.editor.bold();
        break;
      case 'task':
      case 'risk':
      case 'feedback':
        this.mark(what, now.mark);
        break;
      case 'quote':
        if (!now.cell) this.quote(now);
        break;
      case 'bullets':
      case 'numbers':
        if (!now.cell) this.list(what, now[what]);
        break;
      case 'table':
        if (!now.cell) this.table();
        break;
      default:
        this.changeTable(what);
    }
  }

  private mark(kind: MarkKind, before: MarkKind | null): void {
    if (before) this.editor.changeFormat(null, { tag: 'SPAN', attributes: { class: markClass(before) } });
    if (before !== kind) this.editor.changeFormat({ tag: 'SPAN', attributes: { class: markClass(kind) } });
  }

  private list(what: 'bullets' | 'numbers', on: boolean): void {
    if (on) this.editor.removeList();
    else if (what === 'bullets') this.editor.makeUnorderedList();
    else this.editor.makeOrderedList();
  }

  /** A part of a line gets quotation marks, whole lines become 客户原话; in a quotation it is taken off. */
  private quote(now: Active): void {
    if (now.quote) {
      this.editor.removeQuote();
      return;
    }
    const range = this.editor.getSelection();
    const at = range.startContainer;
    const block = (at instanceof Element ? at : at.parentElement)?.closest('div, li');
    const chosen = range.toString().trim();
    if (range.collapsed || !block?.contains(range.endContainer) || chosen === block.textContent?.trim()) {
      // A quotation is words, not a list of them.
      if (now.bullets || now.numbers) this.editor.removeList();
      this.editor.increaseQuoteLevel();
      return;
    }
    if (!chosen) return;
    this.editor.saveUndoState(range);
    const end = range.cloneRange();
    end.collapse(false);
    end.insertNode(document.createTextNode('”'));
    range.insertNode(document.createTextNode('“'));
    this.root.normalize();
    this.editor.focus();
  }

  private table(): void {
    this.editor.saveUndoState();
    const empty = [[], [], []];
    const table = tableOf([empty, empty, empty]);
    this.editor.insertElement(table);
    this.into(table.querySelector('td'));
  }

  private changeTable(act: TableAct): void {
    const cell = cellAt(this.editor.getSelection().startContainer, this.root);
    if (!cell) return;
    this.editor.saveUndoState();
    this.into(changeTable(cell, act));
  }

  private into(cell: HTMLTableCellElement | null): void {
    if (cell) {
      const range = document.createRange();
      range.setStart(cell, 0);
      this.editor.setSelection(range);
    }
    this.editor.focus();
  }

  private keys(): void {
    const { editor } = this;
    const standing = { ...Object.getPrototypeOf(editor._keyHandlers) } as typeof editor._keyHandlers;
    for (const key of IDLE_KEYS) {
      for (const held of ['Ctrl-', 'Meta-'])
        editor.setKeyHandler(held + key, (_, event) => event.preventDefault());
    }
    for (const held of ['Ctrl-', 'Meta-']) {
      editor.setKeyHandler(`${held}'`, (_, event) => {
        event.preventDefault();
        this.act('quote');
      });
    }
    for (const key of ['Tab', 'Shift-Tab']) {
      editor.setKeyHandler(key, (self, event, range) => {
        const cell = cellAt(range.startContainer, this.root);
        const next = cell ? neighbour(cell, key === 'Shift-Tab') : null;
        if (next) {
          event.preventDefault();
          this.into(next);
        } else if (!cell) standing[key]?.(self, event, range);
      });
    }
    for (const key of ['Enter', 'Shift-Enter']) {
      editor.setKeyHandler(key, (_, event, range) => {
        const cell = cellAt(range.startContainer, this.root);
        if (!cell) return;
        event.preventDefault();
        this.into(under(cell));
      });
    }
    for (const key of ['Backspace', 'Delete']) {
      editor.setKeyHandler(key, (self, event, range) => {
        if (this.atEdgeOfCell(range, key === 'Delete')) event.preventDefault();
        else standing[key]?.(self, event, range);
      });
    }
  }

  /** Cells are never run together by deleting across their edge. */
  private atEdgeOfCell(range: Range, forward: boolean): boolean {
    const cell = cellAt(range.startContainer, this.root);
    if (!range.collapsed) return cell !== cellAt(range.endContainer, this.root);
    if (!cell) return false;
    const rest = document.createRange();
    rest.selectNodeContents(cell);
    if (forward) rest.setStart(range.endContainer, range.endOffset);
    else rest.setEnd(range.startContainer, range.startOffset);
    return rest.toString().replace(/\u200b/g, '') === '';
  }

  /** A cell takes text only, on one line. */
  private readonly pasteInCell = (event: ClipboardEvent): void => {
    if (!cellAt(this.editor.getSelection().startContainer, this.root)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    this.editor.insertPlainText(text.replace(/\s+/g, ' ').trim(), false);
  };

  private readonly refuseFormats = (event: InputEvent): void => {
    if (!/^format(?!Bold)/.test(event.inputType)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
