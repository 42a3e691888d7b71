import { useNavigate } from 'react-router';
import type { AgendaItem } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { requestAt, takeOver } from '@/components/ownership/settle';
import { needsRecord } from '@/lib/act';
import { finishTodo } from '@/lib/todo';

const VERDICTS: Record<string, string> = { review: 'records', check_file: 'files', peer_check: 'peers' };

/** What a contract asks for: its draft, its money, its renewal, its hand-over. */
const CONTRACTS = new Set(['contract_draft', 'payment', 'renewal', 'delivery']);
function contractAt({ source, customer }: AgendaItem): string | null {
  if (source?.type === 'delivery') return `/deliveries/${source.id}`;
  if (source?.type === 'contract') return `/contracts/${source.id}`;
  return customer ? `/customers/${customer.id}#contracts` : null;
}

/** Where an item is settled that no tick can close: a verdict, or mending what came back. */
export function settledAt(item: AgendaItem): string | null {
  const which = VERDICTS[item.kind ?? ''];
  if (which) return `/reviews?which=${which}`;
  if (item.kind === 'approve' && item.source) return `/reviews?which=requests&id=${item.source.id}`;
  if (item.kind === 'handover' && item.source) return `/handovers/${item.source.id}`;
  if (item.kind === 'objection' && item.customer) return `/customers/${item.customer.id}#objections`;
  if (CONTRACTS.has(item.kind ?? '')) return contractAt(item);
  if (item.kind?.startsWith('complaint') && item.customer) return `/customers/${item.customer.id}#complaints`;
  if (item.kind === 'survey' && item.customer) return `/customers/${item.customer.id}#satisfaction`;
  return item.kind === 'mend' && item.source ? `/reviews/mend/${item.source.id}` : null;
}

/** What may be done with an open to-do, by button as by key. */
export interface Verbs {
  /** 接手 or 回答: the one thing that closes it. */
  settle: 'takeup' | 'help' | null;
  /** The page where it is settled. */
  elsewhere: string | null;
  log: boolean;
  /** Ticked off, or moved to another day. */
  own: boolean;
}

export function verbsOf(item: AgendaItem): Verbs {
  const settle = item.customer && (item.kind === 'takeup' || item.kind === 'help') ? item.kind : null;
  const elsewhere = settle ? null : settledAt(item);
  const own = !settle && !elsewhere;
  return { settle, elsewhere, own, log: Boolean(item.customer) && (own || settle === 'takeup') };
}

/** Does what closes a row that no tick can close. */
export function useSettle(): (item: AgendaItem) => void {
  const navigate = useNavigate();
  return (item) => {
    if (!item.customer) return;
    if (item.kind === 'takeup') void takeOver(item.customer.id);
    else if (item.source) navigate(requestAt(item.source.id));
  };
}

/** 完成: a contact without a record is not done, so it opens the form. */
export function useFinish(): (item: AgendaItem) => void {
  const openLog = useOpenLog();
  return (item) => {
    if (item.customer && needsRecord(item.act)) openLog({ customerId: item.customer.id, agendaId: item.id });
    else finishTodo(item);
  };
}
