import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Asset } from './process';
import { keys, queryClient } from './queries';
import type { Named, Words } from './types';

/** Sales processes as whoever shapes them sees them. */
export const PLAYBOOKS = ['playbooks'] as const;

export type ClockKind = 'hours' | 'days' | 'workdays';
export interface Limit {
  amount: number;
  clock: ClockKind;
  /** So long after the start the clock turns to "soon". */
  warn_hours: number | null;
  /** The clock stands still while the customer is waited for. */
  pause_waiting: boolean;
}
export interface Rung {
  from: 'enter' | 'before' | 'due';
  amount: number;
  clock: ClockKind;
  do: 'remind' | 'alert' | 'copy' | 'reassign' | 'pool';
  /** owner, superior, head, role:<key> */
  to: string;
}
export type GateItem =
  | { kind: 'field'; field: string }
  | { kind: 'record'; zh: string; en?: string }
  | { kind: 'condition'; zh: string; en: string; when: unknown }
  | { kind: 'objections' }
  | { kind: 'approval'; purpose: string }
  | { kind: 'side'; node: string };
export interface Gate {
  /** Without it one may leave with a reason. */
  strict: boolean;
  items: GateItem[];
}
/** One step of a process: what is done, what comes out, by whom, by when. */
export interface PlayNode extends Words {
  key: string;
  action: string;
  output: string;
  /** owner, superior, head, role:<key>, department:<name> */
  owner: string;
  limit: Limit | null;
  ladder: Rung[];
  gate: Gate;
  /** Fields that must be filled while a customer stands here. */
  required: string[];
  assets: Asset[];
  inputs: string[];
  optional: boolean;
  /** The node that it runs parallel to. */
  beside: string | null;
  /** Nothing said: the node behind it; an empty list leads nowhere. */
  next: string[] | null;
  back: string[];
  /** The event that brings a customer here by itself; empty: somebody moves him. */
  arrives: string;
  /** His status from then on; empty: as it is. */
  life_cycle: string;
}
export interface Document {
  key: string;
  title: Words;
  condition: unknown;
  nodes: PlayNode[];
}
export interface PlaybookRow {
  key: string;
  title: Words;
  condition: unknown;
  /** It is for everybody whom no other one is for. */
  default: boolean;
  version: number;
  nodes: number;
  /** Those one may see; null where stages are not one's own to read. */
  customers: number | null;
}
/** Shipped, and not added yet. */
export interface PlayTemplate {
  key: string;
  title: Words;
  nodes: number;
}
export interface NodeFacts {
  customers: number;
  /** Of those who left it in the last 90 days; null where nobody did. */
  on_time_share: number | null;
  entered_90: number;
  late_90: number;
  reported_90: number;
  /** Working minutes that customers stood there on average; null where too few have left. */
  worked_mean?: number | null;
  worked_n?: number;
}
export interface Playbook {
  document: Document;
  version: number;
  default: boolean;
  can_edit: boolean;
  roles: (Words & { key: string; held: boolean })[];
  departments: string[];
  /** What somebody may ask for; a gate can wait for the yes where there is a flow. */
  purposes: (Words & { key: string; flow: boolean })[];
  fields: { slug: string; label: Words }[];
  /** The kinds of conditions that a gate may have. */
  gates: string[];
  /** Kinds of events that bring a customer to a node. */
  events: (Words & { key: string })[];
  /** How each node does, once that has been reckoned. */
  node_facts?: Record<string, NodeFacts>;
}
/** Where the customers of a node that goes shall stand. */
export type Mapping = Record<string, string>;
export interface PlayProblem extends Words {
  node: string | null;
  field: string | null;
}
/** What becomes of running clocks; the owners are those of customers one sees, most late ones first. */
export interface ClockImpact {
  begun: number;
  begun_over: number;
  redated: number;
  redated_over: number;
  ended: number;
  owners: { id: number; name: string; begun: number; over: number }[];
}
export interface PlayImpact {
  problems: PlayProblem[];
  customers: number;
  moved: { from: string; to: string | null; count: number }[];
  nodes: { key: string; entered_90: number; late_90: number; reported_90: number }[];
  clocks: ClockImpact;
}
export interface PlayVersion {
  number: number;
  live: boolean;
  /** The version that it took back. */
  took: number | null;
  mapping: Mapping;
  document: Document;
  why: string;
  by: Named | null;
  at: string;
}
export interface ExampleDay {
  on: string;
  kind: 'enter' | 'off' | 'holiday' | 'work' | 'makeup';
  name?: string | null;
  n?: number | null;
}
export interface WorkedExample {
  days: ExampleDay[];
  due_at: string;
  words: Words;
  unpublished_year: number | null;
}

export const usePlaybooks = () =>
  useQuery({
    queryKey: [...PLAYBOOKS, 'all'],
    queryFn: () =>
      api.get<{ items: PlaybookRow[]; templates: PlayTemplate[]; can_edit: boolean }>('/playbooks'),
  });
export const orderPlaybooks = (keys: readonly string[]) => api.put('/playbook-order', { keys });
export const removePlaybook = (key: string, version: number, mapping: Mapping) =>
  api.post<{ moved: number }>(`/playbooks/${key}/remove`, { version, mapping });
export const usePlaybook = (key: string, enabled: boolean) =>
  useQuery({
    queryKey: [...PLAYBOOKS, key],
    queryFn: () => api.get<Playbook>(`/playbooks/${key}`),
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
export const useNodeFacts = (key: string, enabled: boolean) =>
  useQuery({
    queryKey: [...PLAYBOOKS, key, 'facts'],
    queryFn: async () => {
      const { items } = await api.get<{ items: (NodeFacts & { key: string })[] }>(`/playbooks/${key}/facts`);
      return Object.fromEntries(items.map((one) => [one.key, one]));
    },
    enabled,
    refetchOnWindowFocus: false,
  });
export const usePlayVersions = (key: string) =>
  useQuery({
    queryKey: [...PLAYBOOKS, key, 'versions'],
    queryFn: async () => (await api.get<{ items: PlayVersion[] }>(`/playbooks/${key}/versions`)).items,
    staleTime: 0,
  });
export const usePlayImpact = (key: string, document: Document, mapping: Mapping) =>
  useQuery({
    queryKey: [...PLAYBOOKS, key, 'impact', document, mapping],
    queryFn: () => api.post<PlayImpact>(`/playbooks/${key}/impact`, { document, mapping }),
    retry: false,
    refetchOnWindowFocus: false,
  });
export const useWorkedExample = (key: string, limit: Limit) =>
  useQuery({
    queryKey: [...PLAYBOOKS, key, 'example', limit],
    queryFn: () => api.post<WorkedExample>(`/playbooks/${key}/worked-example`, { limit }),
    placeholderData: (old) => old,
    retry: false,
    refetchOnWindowFocus: false,
  });

export const publishPlaybook = (
  key: string,
  body: { version: number; document: Document; mapping: Mapping; why: string },
) => api.put<{ version: number }>(`/playbooks/${key}`, body);
export const makePlaybook = (begin: { document: Document } | { template: string }) =>
  api.post<{ key: string; version: number }>('/playbooks', begin);
export const rollBackPlaybook = (key: string, version: number, to: number) =>
  api.post<{ version: number }>(`/playbooks/${key}/roll-back`, { version, to, why: '' });

/** After a process has changed: its stages stand in lists and forms too. */
export async function refreshPlaybooks(): Promise<void> {
  const changed = [PLAYBOOKS, keys.schema, keys.board, keys.customers];
  await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
