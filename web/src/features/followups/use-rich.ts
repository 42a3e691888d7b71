import { useState } from 'react';
import { isBare, plainOf, type Tree, treeOf } from '@/lib/blocks';
import { needsRich, treeFrom } from '@/lib/from-dom';
import { withTree } from './draft';
import type { Log } from './use-log';

/** Turning the content from plain text into a rich one and back. */
export function useRich(log: Log) {
  const [opened, setOpened] = useState(false);
  const [before, setBefore] = useState<Tree | null>(null);
  const { draft, change } = log;
  const start = (tree: Tree) => {
    setOpened(true);
    setBefore(null);
    change(withTree(tree));
  };
  const lost = before && draft.summary_blocks === null && draft.summary === plainOf(before) ? before : null;
  return {
    /** Whether the editor was opened here, by hand, and takes the caret. */
    opened,
    open: () => start(treeOf(draft.summary)),
    write: (tree: Tree) => change(withTree(tree)),
    close: () => {
      const tree = draft.summary_blocks;
      if (tree && !isBare(tree)) setBefore(tree);
      change({ summary_blocks: null });
    },
    /** Bring the formatting back that `close` took away, while the text is still the same. */
    back: lost ? () => start(lost) : null,
    /**
     * A pasted list or table opens the editor, put in the place of the selection.
     * @returns whether the paste was taken over
     */
    paste: (html: string, selection: [number, number] | null): boolean => {
      if (!/<(table|ul|ol|li)|mso-list/i.test(html)) return false;
      const pasted = treeFrom(new DOMParser().parseFromString(html, 'text/html').body);
      if (!needsRich(pasted)) return false;
      const [from, to] = selection ?? [draft.summary.length, draft.summary.length];
      start([...treeOf(draft.summary.slice(0, from)), ...pasted, ...treeOf(draft.summary.slice(to))]);
      return true;
    },
  };
}
