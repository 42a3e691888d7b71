import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { AgendaItem } from '@/api/types';
import type { Move } from '@/lib/moving';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { doWithUndo } from '@/lib/undo';
import { t } from '@/locales';

/** Shown at once; sent after the time for undoing. */
function later(item: AgendaItem, text: string, path: string, body: object): void {
  doWithUndo(
    {
      key: `a${item.id}`,
      text,
      commit: async () => {
        await api.post(`/agenda/${item.id}/${path}`, { version: item.version, ...body }, { keepalive: true });
        refreshWork(item.customer?.id);
      },
    },
    (failure) => {
      sayFailure(failure);
      refreshWork(item.customer?.id);
    },
  );
}

export const finish = (item: AgendaItem): void =>
  later(item, t('desk.done_toast', { act: item.act }), 'done', {});

export const move = (item: AgendaItem, to: Move): void =>
  later(
    item,
    t('desk.moved_toast', { when: formatWhen(to.due_at, to.precision), act: item.act }),
    'reschedule',
    to,
  );

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
