import { type RefObject, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Id } from '@/api/types';
import { useKeys } from '@/app/keyboard';
import { useOpenLog } from '@/app/log';
import type { Column } from './columns';
import { HEAD } from './ListTable';
import type { RowActs } from './Row';
import type { Rows } from './rows';
import type { Selection } from './use-selection';
import { reveal } from './window';

export interface ListKeys {
  current: number | null;
  editing: { id: Id; slug: string } | null;
  acts: RowActs;
}

/** A row by its customer; the place is where it was seen last. */
interface Held {
  index: number;
  id: Id | undefined;
}
/** So far from its old place a row is looked for when the list has changed around it. */
const NEAR = 200;

/** Where the row stands now; the old place when it is gone or far away. */
export function placeOf(rows: Pick<Rows, 'at' | 'count'>, { index, id }: Held): number {
  if (id !== undefined)
    for (let away = 0; away <= NEAR; away += 1) {
      for (const place of [index + away, index - away])
        if (place >= 0 && place < rows.count && rows.at(place)?.id === id) return place;
    }
  return Math.min(index, Math.max(0, rows.count - 1));
}

/** J K and the arrows move, Enter opens, X chooses (with Shift a range), E changes a cell, L logs, / searches. */
export function useListKeys({
  rows,
  columns,
  selection,
  box,
  height,
  search,
}: {
  rows: Rows;
  columns: readonly Column[];
  selection: Selection;
  box: RefObject<HTMLElement | null>;
  height: number;
  search: () => void;
}): ListKeys {
  const [held, setHeld] = useState<Held | null>(null);
  const current = held && placeOf(rows, held);
  const [editing, setEditing] = useState<ListKeys['editing']>(null);
  const navigate = useNavigate();
  const openLog = useOpenLog();
  const able = columns.filter((column) => column.edit).map((column) => column.key);

  const go = (index: number) => {
    const next = Math.min(rows.count - 1, Math.max(0, index));
    setHeld({ index: next, id: rows.at(next)?.id });
    reveal(box.current, next, height, HEAD);
    return next;
  };
  const edit = (index: number, slug: string | null) => {
    const wanted = slug ?? able[0];
    const row = rows.at(index);
    if (wanted && row?.editable) {
      setHeld({ index, id: row.id });
      setEditing({ id: row.id, slug: wanted });
    }
  };
  const live = useRef({ rows, selection, edit, able, navigate });
  live.current = { rows, selection, edit, able, navigate };
  // Rows are drawn again only when something of theirs changed, so what they call must stay the same.
  const acts = useMemo<RowActs>(
    () => ({
      tick: (index, range) => live.current.selection.tick(index, range),
      open: (id) => live.current.navigate(`/customers/${id}`),
      edit: (index, slug) => live.current.edit(index, slug),
      leave: (id, slug, step) => {
        const { able: keys } = live.current;
        const next = step ? keys[keys.indexOf(slug) + step] : undefined;
        setEditing(next ? { id, slug: next } : null);
      },
    }),
    [],
  );

  useKeys((key, event) => {
    const name = key.toLowerCase();
    const at = current ?? -1;
    const plain = !(
      event.target instanceof HTMLElement && event.target.closest('button, a, [role="separator"]')
    );
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 2);
    const moves: Record<string, number> = {
      j: 1,
      arrowdown: 1,
      k: -1,
      arrowup: -1,
      pagedown: page,
      pageup: -page,
    };
    const step = moves[name];
    if (step !== undefined && rows.count) {
      const next = go(at + step);
      if (event.shiftKey && at >= 0) {
        if (!selection.ids.has(rows.at(at)?.id ?? 0)) selection.tick(at, false);
        if (!selection.ids.has(rows.at(next)?.id ?? 0)) selection.tick(next, false);
      }
      event.preventDefault();
      return;
    }
    if (name === 'home' && rows.count) go(0);
    if (name === 'end' && rows.count) go(rows.count - 1);
    if (key === '/') {
      event.preventDefault();
      search();
    }
    if (key === 'Escape' && selection.ids.size) selection.clear();
    const row = at >= 0 ? rows.at(at) : undefined;
    if (!row) return;
    if (key === 'Enter' && plain) navigate(`/customers/${row.id}`);
    if (name === 'x') selection.tick(at, event.shiftKey);
    if (name === 'l') openLog({ customerId: row.id });
    if (name === 'e' || key === 'F2') {
      event.preventDefault();
      edit(at, null);
    }
  });
  return { current, editing, acts };
}
