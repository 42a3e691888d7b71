import { useSyncExternalStore } from 'react';
import type { ConflictField } from '@/components/Conflict';
import type { Clash } from './clash';
import { sayFailure } from './notify';

/** A question about two versions, asked from where no dialog of its own stands. */
export interface Whose {
  fields: readonly ConflictField[];
  clash: Pick<Clash, 'sentence' | 'by' | 'at'>;
  /** Gets the slugs of the fields where mine is kept. */
  save: (mine: ReadonlySet<string>) => Promise<unknown>;
}
/** The number tells one question from the next, so that no choice is carried over. */
export type Asked = Whose & { number: number };

let waiting: readonly Asked[] = [];
let count = 0;
const listeners = new Set<() => void>();

function change(next: readonly Asked[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Ask whose version stays; a question waits until those before it are answered.
 *
 * Where the other touched nothing of mine there is nothing to ask: mine is saved on his version.
 */
export function askWhose(next: Whose): void {
  if (next.fields.every((field) => !field.both)) {
    next.save(new Set(next.fields.map((field) => field.slug))).catch(sayFailure);
    return;
  }
  count += 1;
  change([...waiting, { ...next, number: count }]);
}

/** The question is answered, or put away. */
export function answered(number: number): void {
  change(waiting.filter((one) => one.number !== number));
}

/** The question that stands first. */
export const firstAsked = (): Asked | null => waiting[0] ?? null;

export const useWhose = (): Asked | null =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, firstAsked);
