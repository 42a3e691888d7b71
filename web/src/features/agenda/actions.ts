import type { AgendaItem } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { needsRecord } from '@/lib/act';
import { finishTodo } from '@/lib/todo';

const VERDICTS: Record<string, string> = { review: 'records', check_file: 'files', peer_check: 'peers' };

/** Where an item is settled that no tick can close: a verdict, or mending what came back. */
export function settledAt(item: AgendaItem): string | null {
  const which = VERDICTS[item.kind ?? ''];
  if (which) return `/reviews?which=${which}`;
  return item.kind === 'mend' && item.source ? `/reviews/mend/${item.source.id}` : null;
}

/** 完成: a contact without a record is not done, so it opens the form. */
export function useFinish(): (item: AgendaItem) => void {
  const openLog = useOpenLog();
  return (item) => {
    if (item.customer && needsRecord(item.act)) openLog({ customerId: item.customer.id, agendaId: item.id });
    else finishTodo(item);
  };
}
