import { useSyncExternalStore } from 'react';
import { sentenceOf } from '@/api/client';

export interface Notice {
  id: number;
  text: string;
  tone: 'ok' | 'error';
  act?: { label: string; run: () => void };
}

let notices: Notice[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export function dismiss(id: number): void {
  change(notices.filter((one) => one.id !== id));
}

/** One sentence at the bottom of the screen; errors stay longer. */
export function say(text: string, tone: Notice['tone'] = 'ok', act?: Notice['act']): void {
  count += 1;
  const id = count;
  change([...notices.slice(-2), { id, text, tone, act }]);
  setTimeout(() => dismiss(id), tone === 'error' || act ? 9000 : 4000);
}

/** Show what the server said about a failure. */
export function sayFailure(failure: unknown): void {
  say(sentenceOf(failure), 'error');
}

export const useNotices = (): Notice[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
