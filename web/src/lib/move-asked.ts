import { useSyncExternalStore } from 'react';
import type { Wanted } from '@/api/process';
import type { Id, Words } from '@/api/types';

/** A customer that was to go on, and what is asked for first. */
export interface MoveAsked {
  customer: { id: Id; name: string; version: number };
  to: Words & { key: string };
  wanted: Wanted;
  /** Where its card lies on the screen. */
  near: DOMRect | null;
  /** Told once: whether it went. */
  end: (moved: boolean) => void;
}

let asked: MoveAsked | null = null;
const listeners = new Set<() => void>();

function change(next: MoveAsked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Asks in place for what is missing; true once the customer has moved, false where one left it. */
export const askMove = (about: Omit<MoveAsked, 'end'>): Promise<boolean> =>
  new Promise((resolve) => {
    asked?.end(false);
    change({
      ...about,
      end: (moved) => {
        change(null);
        resolve(moved);
      },
    });
  });

export const useMoveAsked = (): MoveAsked | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );
