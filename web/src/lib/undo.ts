import { useSyncExternalStore } from 'react';

export const UNDO_SECONDS = 8;

export interface Pending {
  key: string;
  text: string;
  until: number;
  commit: () => Promise<unknown>;
  revert: () => void;
}

/** Verbs shown at once and sent after 8 s, on leaving the page, or never when undone. */
let pending: Pending[] = [];
let hidden: ReadonlySet<string> = new Set();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function drop(key: string): Pending | undefined {
  const entry = pending.find((one) => one.key === key);
  clearTimeout(timers.get(key));
  timers.delete(key);
  pending = pending.filter((one) => one.key !== key);
  return entry;
}

function show(key: string): void {
  const next = new Set(hidden);
  next.delete(key);
  hidden = next;
}

async function send(key: string, failed: (failure: unknown) => void): Promise<void> {
  const entry = drop(key);
  tell();
  if (!entry) return;
  try {
    await entry.commit();
  } catch (failure) {
    entry.revert();
    failed(failure);
  }
  show(key);
  tell();
}

/**
 * Do something later that the screen shows now. Rows whose key is hidden are left out of lists.
 * @param failed gets the server's refusal; the row is back in place by then
 */
export function doWithUndo(
  entry: { key: string; text: string; commit: () => Promise<unknown>; revert?: () => void },
  failed: (failure: unknown) => void,
): void {
  if (pending.some((one) => one.key === entry.key)) return;
  pending = [
    ...pending,
    { ...entry, revert: entry.revert ?? (() => {}), until: Date.now() + UNDO_SECONDS * 1000 },
  ];
  hidden = new Set(hidden).add(entry.key);
  timers.set(
    entry.key,
    setTimeout(() => void send(entry.key, failed), UNDO_SECONDS * 1000),
  );
  tell();
}

/** Take back the last thing done; false when there is nothing to take back. */
export function undoLast(): boolean {
  const last = pending.at(-1);
  if (!last) return false;
  drop(last.key);
  last.revert();
  show(last.key);
  tell();
  return true;
}

/** Send everything that still waits, for leaving the page. */
export function flushUndo(): void {
  for (const entry of [...pending]) {
    drop(entry.key);
    void entry.commit().catch(() => {});
  }
  tell();
}

export const usePending = (): Pending[] =>
  useSyncExternalStore(
    subscribe,
    () => pending,
    () => pending,
  );
export const useHidden = (): ReadonlySet<string> =>
  useSyncExternalStore(
    subscribe,
    () => hidden,
    () => hidden,
  );
