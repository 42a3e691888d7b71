import { useRef, useState } from 'react';
import type { Density, SavedView, ViewColumn } from '@/api/types';
import { isOwn } from '@/lib/own';
import { forget, recall, remember } from '@/lib/store';
import { type ListKind, useKind } from './kind';

/** How a list looks where no saved view says it. */
export interface Look {
  columns: ViewColumn[];
  density: Density;
}
export const plain = (key: string): ViewColumn => ({ key, width: null });

const ownName = (kind: ListKind) => (kind.record === 'customer' ? 'look' : `look.${kind.record}`);

/** What was chosen on this device for a tab, else what the saved view holds, else what was chosen for all. */
export function lookOf(kind: ListKind, tab: string, saved: SavedView | undefined): Look {
  const own = saved ? recall<Look>(`look.${tab}`) : null;
  const held = saved?.columns.length ? { columns: saved.columns, density: saved.density } : null;
  const bare = saved ? { ...kind.look, density: saved.density } : recall<Look>(ownName(kind));
  const look = own ?? held ?? bare;
  const columns = (look?.columns ?? []).filter(
    ({ key }) => isOwn(key) || kind.columns.some((one) => one.key === key),
  );
  return columns.length || kind.columns.length === 0
    ? { columns, density: look?.density ?? 'roomy' }
    : kind.look;
}

/** Keep a look: of ready-made views for all of them, of a saved one beside it until it is saved. */
export function keepLook(kind: ListKind, tab: string, saved: SavedView | undefined, look: Look): void {
  remember(saved ? `look.${tab}` : ownName(kind), look);
}

export function forgetLook(tab: string): void {
  forget(`look.${tab}`);
}

/** A look follows its tab, and is kept on the device when it is changed. */
export function useLook(view: string, saved: SavedView | undefined) {
  const kind = useKind();
  const [turn, setTurn] = useState(0);
  const held = useRef<{ at: string; look: Look }>(undefined);
  const at = `${view} ${saved?.version ?? ''} ${turn}`;
  if (held.current?.at !== at) held.current = { at, look: lookOf(kind, view, saved) };
  return {
    look: held.current.look,
    set: (look: Look) => {
      keepLook(kind, view, saved, look);
      setTurn(turn + 1);
    },
    again: () => setTurn(turn + 1),
  };
}
