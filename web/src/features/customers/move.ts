import { moveCustomer, wantedOf } from '@/api/process';
import { refreshWork } from '@/api/queries';
import type { Id, Words } from '@/api/types';
import { askMove } from '@/lib/move-asked';
import { t } from '@/locales';

interface Moved {
  id: Id;
  name: string;
  version: number;
}

/** Where its card lies, if it lies on a board. */
const cardOf = (id: Id): DOMRect | null =>
  document.querySelector(`[data-row="${id}"]`)?.getBoundingClientRect() ?? null;

/**
 * A customer goes to another node of its process; what the gate still misses is asked for in place.
 * @returns false where it was left after all
 * @throws the server's refusal, when it is another one
 */
export async function moveStage(customer: Moved, to: Words & { key: string }, why = ''): Promise<boolean> {
  const { id, name, version } = customer;
  try {
    await moveCustomer(id, { version, to: to.key, ...(why ? { why } : {}) });
  } catch (failure) {
    const wanted = wantedOf(failure);
    if (!wanted) {
      refreshWork(id);
      throw failure;
    }
    const went = await askMove({ customer: { id, name, version }, to, wanted, near: cardOf(id) });
    if (!went) return false;
  }
  refreshWork(id);
  return true;
}

/** The reason of a move that takes another one back. */
export const undoWhy = (): string => t('board.undo_why');
