import { useSyncExternalStore } from 'react';
import type { ConflictField } from '@/components/Conflict';
import type { Clash } from './clash';

/** A question about two versions, asked from where no dialog of its own stands. */
export interface Whose {
  fields: readonly ConflictField[];
  clash: Pick<Clash, 'sentence' | 'by' | 'at'>;
  /** Gets the slugs of the fields where mine is kept. */
  save: (mine: ReadonlySet<string>) => Promise<unknown>;
}

let open: Whose | null = null;
const listeners = new Set<() => void>();

/** Ask whose version stays; null takes the question away. */
export function askWhose(next: Whose | null): void {
  open = next;
  for (const listener of listeners) listener();
}

export const useWhose = (): Whose | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
