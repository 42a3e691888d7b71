import { useQuery } from '@tanstack/react-query';
import { ApiError, api } from './client';
import { keys, queryClient } from './queries';
import type { ClockState, Id, Named, Words } from './types';

/** A node of the process that a customer is in, as it stands for him. */
export interface PathNode extends Words {
  key: string;
  state: 'done' | 'now' | 'ahead' | 'skipped' | 'side';
  entered_at: string | null;
  left_at: string | null;
  worked_minutes: number | null;
  passages: number;
  late: boolean;
  optional: boolean;
  beside: string | null;
}
/** What runs beside the current node. */
export interface PathSide extends Words {
  key: string;
  action: string;
  output: string;
  optional: boolean;
  state: 'open' | 'done' | 'skipped';
  due_at: string | null;
  why: string;
}
/** What helps in a node: words to say, a document, a link, a mail. */
export interface Asset {
  kind: 'script' | 'document' | 'link' | 'mail';
  title: string;
  text: string;
  url: string;
}
/** What must be there before he may go on. */
export interface PathGate {
  to: string | null;
  strict: boolean;
  items: (Words & { kind: string; met: boolean; field?: string | null; purpose?: string | null })[];
}
export interface PathNow {
  action: string;
  output: string;
  owner: Named | null;
  required_missing: { field: string; label: Words }[];
  gate: PathGate;
  assets: Asset[];
  limit: Words | null;
  clock: ClockState | null;
  side: PathSide[];
}
/** Empty where the customer follows no process, or stages are not one's own to read. */
export interface CustomerPath {
  playbook: { key: string; title: Words } | null;
  nodes: PathNode[];
  now: PathNow | null;
  next: string[];
  back: string[];
  /** The other processes, each with the node that it begins in. */
  others: { key: string; title: Words; first: string }[];
  can?: { move: boolean };
}
/** One stay in a node, or one that runs beside it. */
export interface Passage {
  id: Id;
  node: Words & { key: string };
  to: (Words & { key: string }) | null;
  state: 'left' | 'open' | 'done' | 'skipped' | 'paused';
  entered_at: string | null;
  left_at: string | null;
  why: string;
  by: Named | null;
  worked_minutes: number | null;
  elapsed_minutes: number | null;
  late: boolean;
}
/** What is missing for a move; a field can be filled in where it is asked. */
export interface Missing extends Words {
  kind: string;
  field?: string | null;
  /** What can be asked for, and the gate waits for the yes to. */
  purpose?: string | null;
}
export interface Move {
  version: number;
  to: string;
  why?: string;
  fields?: Record<string, unknown>;
}

const pathKey = (id: Id) => ['customers', 'one', id, 'path'] as const;
export const usePath = (id: Id) =>
  useQuery({ queryKey: pathKey(id), queryFn: () => api.get<CustomerPath>(`/customers/${id}/path`) });
export const usePassages = (id: Id) =>
  useQuery({
    queryKey: [...pathKey(id), 'passages'],
    queryFn: async () => (await api.get<{ items: Passage[] }>(`/customers/${id}/passages`)).items,
  });
export const moveCustomer = (id: Id, body: Move) =>
  api.post<{ version: number }>(`/customers/${id}/move`, body);

/** A node beside the way is done, or left out with a reason; the page then shows it so. */
export async function settleSide(id: Id, node: string, body: { done: boolean; why?: string }): Promise<void> {
  await api.post(`/customers/${id}/side/${node}`, body);
  await queryClient.invalidateQueries({ queryKey: keys.customer(id) });
}

/** What a move still asks for; null where the refusal is about something else. */
export interface Wanted {
  sentence: string;
  missing: Missing[];
  /** With a reason it may be done all the same. */
  why: boolean;
}
export function wantedOf(failure: unknown): Wanted | null {
  if (!(failure instanceof ApiError) || failure.status !== 422) return null;
  if (failure.code === 'gate')
    return {
      sentence: failure.message,
      missing: (failure.extra.missing as Missing[] | undefined) ?? [],
      why: failure.extra.why === true,
    };
  return failure.field === 'why' ? { sentence: failure.message, missing: [], why: true } : null;
}
