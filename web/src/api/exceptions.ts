import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Precision, Words } from './types';

export type Keyed = Words & { key: string };
/** Whom a rung reaches; `pool`: it gives the customer to the pool. */
export interface Reach {
  names: string[];
  you: boolean;
  pool: boolean;
}
export interface StuckRow {
  id: Id;
  version: number;
  kind: string;
  act: string;
  customer: {
    id: Id;
    name: string;
    stage: Keyed | null;
    intent_class: string;
    amount: number | null;
    currency: string | null;
  } | null;
  owner: { id: Id | null; name: string | null; you: boolean; team: Named | null } | null;
  since: string;
  precision: Precision;
  severity: number;
  late: Words;
  reason: Keyed;
  evidence: Words;
  /** Where the reader himself can give his verdict. */
  yours: (Words & { to: string }) | null;
  nudge: { id: Id; name: string | null; at: string | null } | null;
  can: { postpone: boolean; assign: boolean };
  /** At the top of its ladder `at` is null and `to` is whom the last rung reached. */
  next: { at: string | null; to: Reach | null };
}
export interface Heat {
  nodes: Keyed[];
  teams: Named[];
  cells: { node: string; team: Id; n: number; hours: number }[];
  elsewhere: number;
}
export interface Board {
  as_of: string;
  head: {
    total: number;
    today: number;
    to: Reach | null;
    worst: { team: Named | null; node: Keyed; n: number } | null;
    fresh: number;
    solved: number;
    teams: number;
  };
  total: number;
  kinds: (Keyed & { n: number })[];
  heat: Heat | null;
  reasons: (Keyed & { n: number; who: Words })[];
  chosen: {
    kind: string;
    reason: string;
    today: boolean;
    node: Keyed | null;
    team: Named | null;
    person: Named | null;
  };
  can: { nudge: boolean; postpone: boolean; assign: boolean };
  items: StuckRow[];
  next: string | null;
}
/** What the address chooses; blank: all. */
export interface Choice {
  kind: string;
  node: string;
  team: string;
  person: string;
  reason: string;
  today: string;
}

const KEY = ['exceptions'];

export const useBoard = (choice: Choice, limit = 20) =>
  useInfiniteQuery({
    queryKey: [...KEY, choice, limit],
    queryFn: ({ pageParam }) =>
      api.get<Board>('/exceptions', {
        query: {
          ...Object.fromEntries(Object.entries(choice).filter(([, value]) => value)),
          cursor: pageParam,
          limit,
        },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (old) => old,
  });

const told = (rows: StuckRow[]) => rows.map(({ id, version }) => ({ id, version }));
/** What was changed stands on lists and customers too. */
const after = () => {
  refreshWork();
  void queryClient.invalidateQueries({ queryKey: KEY });
};

export async function nudge(ids: Id[]): Promise<void> {
  await api.post('/exceptions/nudge', { ids });
  after();
}
export async function postpone(rows: StuckRow[], due_at: string, why: string): Promise<void> {
  await api.post('/exceptions/postpone', { items: told(rows), due_at, precision: 'day', why });
  after();
}
export async function giveTo(rows: StuckRow[], owner_id: Id): Promise<void> {
  await api.post('/exceptions/assign', { items: told(rows), owner_id });
  after();
}
