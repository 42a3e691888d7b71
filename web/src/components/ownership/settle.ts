import { answerable, takeUp } from '@/api/ownership';
import type { Id } from '@/api/types';
import { say, sayFailure } from '@/lib/notify';
import { type Key, t } from '@/locales';

/** What the main button of a to-do says that no tick can close. */
export const SETTLED_BY: Record<string, Key> = {
  mend: 'reviews.mend',
  takeup: 'ownership.take',
  help: 'ownership.help_open',
  objection: 'objections.open',
};

/** 接手: says it on the server, then on the screen. */
export async function takeOver(id: Id): Promise<void> {
  try {
    await takeUp(id);
    say(t('ownership.taken'));
  } catch (failure) {
    sayFailure(failure);
  }
}

/** Where a request for help is answered; one that a department was asked becomes mine with it. */
export async function goAnswer(helpId: Id, customerId: Id, go: (to: string) => void): Promise<void> {
  try {
    await answerable(helpId, customerId);
    go(`/customers/${customerId}#help`);
  } catch (failure) {
    sayFailure(failure);
  }
}
