import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body, DeskItem } from '@/api/types';
import type { Move } from '@/lib/moving';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { doWithUndo } from '@/lib/undo';
import { t } from '@/locales';

/** Names one row of the desk; silent customers have no to-do of their own. */
export function rowKey(item: DeskItem): string {
  return item.id === null ? `c${item.customer?.id ?? item.act}` : `a${item.id}`;
}

function after(item: DeskItem): void {
  refreshWork(item.customer?.id);
}

/** Shown as done at once; sent after the time for undoing. */
export function finish(item: DeskItem): void {
  if (item.id === null) return;
  doWithUndo(
    {
      key: rowKey(item),
      text: t('desk.done_toast', { act: item.act }),
      commit: async () => {
        await api.post(`/agenda/${item.id}/done`, { version: item.version }, { keepalive: true });
        after(item);
      },
    },
    (failure) => {
      sayFailure(failure);
      after(item);
    },
  );
}

/** A silent customer gets the to-do it lacks: the act of the row, on the chosen day. */
function plan(item: DeskItem, to: Move): void {
  doWithUndo(
    {
      key: rowKey(item),
      text: t('desk.planned_toast', { when: formatWhen(to.due_at, to.precision), act: item.act }),
      commit: async () => {
        const body: Body<'ToDoIn'> = { customer_id: item.customer?.id, act: item.act, ...to };
        await api.post('/agenda', body, { keepalive: true });
        after(item);
      },
    },
    sayFailure,
  );
}

export function reschedule(item: DeskItem, to: Move): void {
  if (item.id === null) {
    plan(item, to);
    return;
  }
  doWithUndo(
    {
      key: rowKey(item),
      text: t('desk.moved_toast', { when: formatWhen(to.due_at, to.precision), act: item.act }),
      commit: async () => {
        await api.post(
          `/agenda/${item.id}/reschedule`,
          { version: item.version, ...to },
          { keepalive: true },
        );
        after(item);
      },
    },
    (failure) => {
      sayFailure(failure);
      after(item);
    },
  );
}
