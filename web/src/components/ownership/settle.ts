import { takeUp } from '@/api/ownership';
import type { Id } from '@/api/types';
import { say, sayFailure } from '@/lib/notify';
import { type Key, t } from '@/locales';

/** What the main button of a to-do says that no tick can close. */
export const SETTLED_BY: Record<string, Key> = {
  mend: 'reviews.mend',
  takeup: 'ownership.take',
  help: 'requests.open',
  objection: 'objections.open',
  complaint: 'ownership.open_complaint',
  complaint_ask: 'ownership.open_complaint',
  survey: 'ownership.open_survey',
  handover: 'ownership.open_handover',
  contract_draft: 'ownership.open_contract',
  payment: 'ownership.open_contract',
  renewal: 'ownership.open_contract',
  delivery: 'ownership.open_delivery',
};

/** Their time is set elsewhere: they are not moved by hand. */
export const FIXED: ReadonlySet<string> = new Set([
  'takeup',
  'help',
  'handover',
  'complaint',
  'contract_draft',
  'payment',
  'renewal',
  'delivery',
]);

/** 接手: says it on the server, then on the screen. */
export async function takeOver(id: Id): Promise<void> {
  try {
    await takeUp(id);
    say(t('ownership.taken'));
  } catch (failure) {
    sayFailure(failure);
  }
}

/** Where a request goes on: both sides see it there, also who does not see the customer yet. */
export const requestAt = (id: Id): string => `/requests?id=${id}`;
