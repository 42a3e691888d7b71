import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Id } from '@/api/types';
import { t } from '@/locales';
import { clashOf } from './clash';
import type { Due, Move } from './moving';
import { sayFailure } from './notify';
import { formatWhen } from './time';
import { doWithUndo } from './undo';
import { askWhose } from './whose';

/** A to-do as every list shows it: today, the agenda, a customer's page. */
export interface Todo extends Due {
  id: Id;
  version: number;
  act: string;
  customer?: { id: Id } | null;
}

/** Names the row among those that are hidden while they can be taken back. */
export const todoKey = (item: Pick<Todo, 'id'>): string => `a${item.id}`;

type Send = (version: number) => Promise<unknown>;

function theirsOf(theirs: Record<string, unknown>, act: string): string {
  const when = typeof theirs.due_at === 'string' ? formatWhen(theirs.due_at) : '';
  return [when, theirs.act === act ? '' : theirs.act].filter(Boolean).join(' ');
}

/** Somebody was faster: ask whose stays, unless he left alone what I changed; other refusals are said. */
function refused(item: Todo, mine: string, untouched: (due: unknown) => boolean, send: Send) {
  return (failure: unknown): void => {
    const after = () => refreshWork(item.customer?.id);
    const clash = clashOf(failure);
    if (!clash) {
      sayFailure(failure);
      after();
      return;
    }
    if (untouched(clash.theirs.due_at)) {
      void send(clash.version).catch(sayFailure).finally(after);
      return;
    }
    const field = {
      slug: 'todo',
      label: item.act,
      mine,
      theirs: theirsOf(clash.theirs, item.act),
      both: true,
    };
    askWhose({
      fields: [field],
      clash,
      save: async (kept) => {
        if (kept.has('todo')) await send(clash.version);
        after();
      },
    });
    after();
  };
}

/** Shown at once; sent after the time for undoing. */
function later(item: Todo, text: string, send: Send, failed: (failure: unknown) => void): void {
  const commit = () => send(item.version).then(() => refreshWork(item.customer?.id));
  doWithUndo({ key: todoKey(item), text, commit }, failed);
}

export function finishTodo(item: Todo): void {
  const send: Send = (version) => api.post(`/agenda/${item.id}/done`, { version }, { keepalive: true });
  const failed = refused(item, t('desk.done'), () => false, send);
  later(item, t('desk.done_toast', { act: item.act }), send, failed);
}

export function moveTodo(item: Todo, to: Move): void {
  const when = formatWhen(to.due_at, to.precision);
  const send: Send = (version) =>
    api.post(`/agenda/${item.id}/reschedule`, { version, ...to }, { keepalive: true });
  const same = (due: unknown) => typeof due === 'string' && Date.parse(due) === Date.parse(item.due_at ?? '');
  later(item, t('desk.moved_toast', { when, act: item.act }), send, refused(item, when, same, send));
}

export async function reopenTodo(item: Todo): Promise<void> {
  try {
    await api.post(`/agenda/${item.id}/reopen`, { version: item.version });
  } catch (failure) {
    sayFailure(failure);
  }
  refreshWork(item.customer?.id);
}
