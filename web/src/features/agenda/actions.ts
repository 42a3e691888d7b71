import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { AgendaItem } from '@/api/types';
import type { Move } from '@/lib/moving';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { doWithUndo } from '@/lib/undo';
import { t } from '@/locales';

/** Shown at once; sent after the time for undoing. */
function later(item: AgendaItem, text: string, send: () => Promise<unknown>): void {
  const after = () => refreshWork(item.customer?.id);
  doWithUndo({ key: `a${item.id}`, text, commit: () => send().then(after) }, (failure) => {
    sayFailure(failure);
    after();
  });
}

export function finish(item: AgendaItem): void {
  later(item, t('desk.done_toast', { act: item.act }), () =>
    api.post(`/agenda/${item.id}/done`, { version: item.version }, { keepalive: true }),
  );
}

export function move(item: AgendaItem, to: Move): void {
  const when = formatWhen(to.due_at, to.precision);
  later(item, t('desk.moved_toast', { when, act: item.act }), () =>
    api.post(`/agenda/${item.id}/reschedule`, { version: item.version, ...to }, { keepalive: true }),
  );
}

export async function reopen(item: AgendaItem): Promise<void> {
  try {
    await api.post(`/agenda/${item.id}/reopen`, { version: item.version });
  } catch (failure) {
    sayFailure(failure);
  }
  refreshWork(item.customer?.id);
}

const VERDICTS: Record<string, string> = { review: 'records', check_file: 'files', peer_check: 'peers' };

/** Where an item is settled that no tick can close: a verdict, or mending what came back. */
export function settledAt(item: AgendaItem): string | null {
  const which = VERDICTS[item.kind ?? ''];
  if (which) return `/reviews?which=${which}`;
  return item.kind === 'mend' && item.source ? `/reviews/mend/${item.source.id}` : null;
}
