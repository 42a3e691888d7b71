import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AgendaItem, Id } from '@/api/types';
import { useKeys } from '@/app/keyboard';
import { useOpenLog } from '@/app/log';
import { useMe } from '@/app/session';
import { moveDays, movedTo } from '@/lib/moving';
import { moveTodo } from '@/lib/todo';
import { useFinish, useSettle, verbsOf } from './actions';

/** J K move, Enter opens, L logs, E closes, H then 1 2 3 moves to another day: the keys of today's list. */
export function useRowKeys(rows: readonly AgendaItem[], open: boolean) {
  const { org } = useMe();
  const navigate = useNavigate();
  const openLog = useOpenLog();
  const finish = useFinish();
  const settle = useSettle();
  const [chosen, setChosen] = useState<Id | null>(null);
  const [moving, setMoving] = useState<Id | null>(null);
  useKeys((key, event) => {
    const at = rows.findIndex((row) => row.id === chosen);
    const step = (to: number) => {
      setChosen(rows[Math.min(rows.length - 1, Math.max(0, to))]?.id ?? null);
      event.preventDefault();
    };
    const name = key.toLowerCase();
    if (name === 'j') return step(at + 1);
    if (name === 'k') return step(at - 1);
    const item = rows[at];
    if (!item) return;
    const plain = !(event.target instanceof HTMLElement && event.target.closest('button, a'));
    const verbs = verbsOf(item);
    if (key === 'Enter' && plain) {
      if (verbs.elsewhere) navigate(verbs.elsewhere);
      else if (item.customer) navigate(`/customers/${item.customer.id}`);
    }
    if (!open) return;
    if (name === 'l' && verbs.log && item.customer)
      openLog({ customerId: item.customer.id, agendaId: item.id });
    if (name === 'e' && verbs.settle) settle(item);
    if (!verbs.own) return;
    if (name === 'e') finish(item);
    if (name === 'h') setMoving(item.id);
    if (moving === item.id && ['1', '2', '3'].includes(key)) {
      setMoving(null);
      moveTodo(item, movedTo(item, moveDays()[Number(key) - 1] ?? 1, org.closing_time));
    }
    if (moving === item.id && key === 'Escape') setMoving(null);
  });
  return { chosen, moving, setMoving };
}
