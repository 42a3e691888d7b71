import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Id, Named, Precision, Words } from './types';

export interface MeetingRow extends Words {
  customer: Named | null;
  owner: string | null;
}
export interface KeyCustomer {
  id: Id;
  name: string;
  intent_class: string | null;
  amount: number | null;
  currency: string | null;
  owner: string | null;
  stage: (Words & { entered: boolean }) | null;
  contacts: number | null;
  last_words: string | null;
  next_act: string | null;
  next_due_at: string | null;
  next_precision: Precision;
}
export interface Exceptions {
  key: 'overdue' | 'silent' | 'objections' | 'dense';
  count: number;
  people: { name: string; n: number }[];
  rows: MeetingRow[];
  link: string | null;
}
export interface Check extends Words {
  key: string;
  n: number;
  of: number;
  ok: boolean;
  /** The rows behind it. */
  link: string | null;
}
export interface Meeting {
  from: string;
  to: string;
  head: { records: number; customers: number; won: number; exceptions: number; promises: number };
  key: KeyCustomer[];
  exceptions: Exceptions[];
  promises: { count: number; rows: (MeetingRow & { due_at: string; precision: Precision })[] };
  successes: {
    count: number;
    rows: (MeetingRow & { id: Id; amount: number | null; currency: string | null })[];
  };
  checks: Check[];
}

export const useMeeting = () =>
  useQuery({ queryKey: ['meeting'], queryFn: () => api.get<Meeting>('/meeting') });
