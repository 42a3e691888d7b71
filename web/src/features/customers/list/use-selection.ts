import { useCallback, useRef, useState } from 'react';
import type { CustomerRow } from '@/api/types';
import type { Rows } from './rows';

/** So many customers a bulk verb takes at once. */
export const MOST_CHOSEN = 1000;

export interface Selection {
  ids: ReadonlySet<number>;
  /** Tick or untick a row; with `range` all from the one before to this one. */
  tick: (index: number, range: boolean) => void;
  all: (rows: readonly CustomerRow[]) => void;
  clear: () => void;
}

export function useSelection(rows: Rows): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const anchor = useRef<number | null>(null);
  const latest = useRef(rows);
  latest.current = rows;
  const tick = useCallback((index: number, range: boolean) => {
    const { at } = latest.current;
    const row = at(index);
    if (!row) return;
    const from = range && anchor.current !== null ? anchor.current : index;
    const [low, high] = from < index ? [from, index] : [index, from];
    setIds((old) => {
      const next = new Set(old);
      const on = !old.has(row.id);
      for (let place = low; place <= high; place += 1) {
        const id = at(place)?.id;
        if (id === undefined) continue;
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
    anchor.current = index;
  }, []);
  return {
    ids,
    tick,
    all: (chosen) => setIds(new Set(chosen.slice(0, MOST_CHOSEN).map((row) => row.id))),
    clear: () => {
      anchor.current = null;
      setIds(new Set());
    },
  };
}
