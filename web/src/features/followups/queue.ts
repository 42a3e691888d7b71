import { ApiError, OfflineError } from '@/api/client';
import {
  type AttemptBody,
  type FollowUpBody,
  type Logged,
  submitAttempt,
  submitFollowUp,
} from '@/api/followups';
import { recall, remember } from '@/lib/store';
import type { LogDraft } from './draft';

/** Fired on the window whenever the queue has changed. */
export const UNSENT = 'genjin-unsent';

export interface Waiting {
  /** The idempotency key: however often it is sent, it is written once. */
  key: string;
  what: 'followup' | 'attempt';
  body: FollowUpBody | AttemptBody;
  customer: string;
  at: string;
  /** What the form held, so that a refused record can be opened again. */
  draft?: LogDraft;
  /** Until then (ms) its author may take it back: this page sends it itself, unless it is gone by then. */
  held?: number;
  /** The server's refusal; the record then waits for its author. */
  refused?: string;
}

export interface Shelf {
  read: () => Waiting[];
  write: (items: Waiting[]) => void;
}

const deviceShelf: Shelf = {
  read: () => recall<Waiting[]>('unsent') ?? [],
  write: (items) => {
    remember('unsent', items);
    window.dispatchEvent(new Event(UNSENT));
  },
};

export function waiting(shelf: Shelf = deviceShelf): Waiting[] {
  return shelf.read();
}

/** Keep a record that could not be sent; the same key is kept once. */
export function enqueue(item: Waiting, shelf: Shelf = deviceShelf): void {
  const others = shelf.read().filter((one) => one.key !== item.key);
  shelf.write([...others, item]);
}

export function withdraw(key: string, shelf: Shelf = deviceShelf): void {
  shelf.write(shelf.read().filter((one) => one.key !== key));
}

/** Those that nobody is about to take back. */
export const loose = (items: readonly Waiting[]): Waiting[] =>
  items.filter((one) => !one.held || one.held <= Date.now());

type Send = (item: Waiting) => Promise<Logged>;
const send: Send = (item) =>
  item.what === 'attempt'
    ? submitAttempt(item.body as AttemptBody, item.key)
    : submitFollowUp(item.body as FollowUpBody, item.key);

let running = false;

/**
 * Send what waits, oldest first. Without network it stops and keeps all; a refused record stays with its
 * reason and does not hold up the others.
 * @returns how many were written and how many refused
 */
export async function flush(
  shelf: Shelf = deviceShelf,
  deliver: Send = send,
): Promise<{ sent: number; refused: number }> {
  if (running) return { sent: 0, refused: 0 };
  running = true;
  let sent = 0;
  let refused = 0;
  try {
    for (const item of loose(shelf.read()).filter((one) => !one.refused)) {
      try {
        await deliver(item);
        withdraw(item.key, shelf);
        sent += 1;
      } catch (failure) {
        if (failure instanceof OfflineError) break;
        if (!(failure instanceof ApiError) || failure.status === 401 || failure.status >= 500) break;
        refused += 1;
        shelf.write(
          shelf.read().map((one) => (one.key === item.key ? { ...one, refused: failure.message } : one)),
        );
      }
    }
  } finally {
    running = false;
  }
  return { sent, refused };
}
