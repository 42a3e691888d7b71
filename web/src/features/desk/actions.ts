import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body, DeskItem } from '@/api/types';
import type { Move } from '@/lib/moving';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { finishTodo, moveTodo, type Todo, todoKey } from '@/lib/todo';
import { doWithUndo } from '@/lib/undo';
import { t } from '@/locales';

/** The to-do of a row; silent customers have none of their own. */
function todoOf(item: DeskItem): Todo | null {
  return item.id === null ? null : { ...item, id: item.id, version: item.version ?? 0 };
}

/** Names one row of the desk. */
export function rowKey(item: DeskItem): string {
  return item.id === null ? `c${item.customer?.id ?? item.act}` : todoKey({ id: item.id });
}

export function finish(item: DeskItem): void {
  const todo = todoOf(item);
  if (todo) finishTodo(todo);
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
        refreshWork(item.customer?.id);
      },
    },
    sayFailure,
  );
}

export function reschedule(item: DeskItem, to: Move): void {
  const todo = todoOf(item);
  if (todo) moveTodo(todo, to);
  else plan(item, to);
}
