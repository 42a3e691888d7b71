import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient } from './queries';
import type { Id, Named, Words } from './types';

/** Automations: when an event happens and a condition holds, do so. */
const AUTOMATIONS = ['automations'] as const;

export type Who = 'owner' | 'supervisor' | 'member' | 'department' | 'role' | 'group';
export interface Whom {
  who: Who;
  id?: Id;
  role?: string;
}
export const CLOCKS = ['hours', 'days', 'workdays'] as const;
export type Act =
  | { do: 'todo'; act: string; to: Whom; within: number; clock: (typeof CLOCKS)[number] }
  | { do: 'set'; field: string; value?: unknown }
  | { do: 'assign'; by: 'rules' | 'member'; member_id?: Id }
  | { do: 'notify'; text: string; to: Whom }
  | { do: 'ask'; purpose: string; text: string }
  | { do: 'webhook'; url: string };
export interface Moved {
  field: string;
  to?: string | number | boolean;
}
export interface Body {
  name: string;
  event: string;
  moved?: Moved;
  condition?: unknown;
  actions: Act[];
  cap: number;
  imports: boolean;
}
export type State = 'draft' | 'on' | 'off' | 'paused' | 'stopped' | 'failing';
export interface Head {
  id: Id;
  version: number;
  name: string;
  state: State;
  why: Words | null;
  changed: boolean;
  published: boolean;
  publisher: Named | null;
  body: Body;
}
export interface Listed extends Head {
  /** In the last seven days. */
  runs: number;
  failed_at: string | null;
}
type Verb = 'create' | 'update' | 'publish' | 'switch' | 'remove';
export interface Whole extends Head {
  live: Body | null;
  number: number | null;
  secret: boolean;
  can: Record<Verb, boolean>;
}
export interface Trigger extends Words {
  key: string;
  kind: string;
  /** What its record type is called. */
  of: Words;
  moves: boolean;
  fixed: string;
  fields: string[];
}
export interface Offered {
  triggers: Trigger[];
  /** Fields that an action may set, by record type. */
  settable: Record<string, string[]>;
  /** What can be asked for without figures, by record type. */
  purposes: Record<string, ({ key: string } & Words)[]>;
  roles: ({ key: string } & Words)[];
}
export interface Step extends Words {
  do: Act['do'];
  state: 'begun' | 'done' | 'waiting' | 'failed' | 'refused';
  tries?: number;
  next_at?: string;
}
export interface RunLine {
  id: Id;
  at: string;
  state: string;
  customer: { id: Id | null; name: string } | null;
  /** The row of an own type that it was about. */
  record: { type: string; id: Id | null; name: string } | null;
  number: number;
  why: Words | null;
  took_ms: number | null;
  steps: Step[];
}
export interface Tried {
  days: number;
  looked: number;
  capped: boolean;
  begun: number;
  busiest: number;
  cap: number;
  examples: {
    at: string;
    record: { type: string; id: Id; name: string };
    customer: { id: Id; name: string } | null;
    actions: ({ do: Act['do']; can: boolean } & Words)[];
  }[];
}
export interface Version {
  number: number;
  body: Body;
  why: string;
  at: string;
  by: Named | null;
  live: boolean;
}
interface Saved {
  id: Id;
  version: number;
  state: State;
}

export const useAutomations = () =>
  useQuery({
    queryKey: [...AUTOMATIONS, 'list'],
    queryFn: () => api.get<{ items: Listed[]; can: Whole['can'] }>('/automations'),
    refetchInterval: 30_000,
  });
export const useAutomation = (id: Id) =>
  useQuery({ queryKey: [...AUTOMATIONS, id], queryFn: () => api.get<Whole>(`/automations/${id}`) });
export const useOffered = () =>
  useQuery({
    queryKey: [...AUTOMATIONS, 'offered'],
    queryFn: () => api.get<Offered>('/automations/catalogue'),
    staleTime: 60_000,
  });
export const useRuns = (id: Id, which: string) =>
  useInfiniteQuery({
    queryKey: [...AUTOMATIONS, id, 'runs', which],
    queryFn: ({ pageParam }) =>
      api.get<{ items: RunLine[]; next: string | null }>(`/automations/${id}/runs`, {
        query: { which, cursor: pageParam, limit: 30 },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
export const useVersionsOf = (id: Id) =>
  useQuery({
    queryKey: [...AUTOMATIONS, id, 'versions'],
    queryFn: async () => (await api.get<{ items: Version[] }>(`/automations/${id}/versions`)).items,
    staleTime: 0,
  });

export const makeAutomation = (body: Body) => api.post<Saved>('/automations', { body });
export const saveAutomation = (id: Id, version: number, body: Body) =>
  api.patch<Saved>(`/automations/${id}`, { version, body });
export const publishAutomation = (id: Id, version: number, why = '') =>
  api.post<Saved & { secret: string | null }>(`/automations/${id}/publish`, { version, why });
export const switchAutomation = (id: Id, version: number, on: boolean) =>
  api.post<Saved>(`/automations/${id}/switch`, { version, on });
export const removeAutomation = (id: Id, version: number) =>
  api.delete(`/automations/${id}?version=${version}`);
export const renewSecret = (id: Id, version: number) =>
  api.post<Saved & { secret: string }>(`/automations/${id}/secret`, { version });
export const tryAutomation = (body: Body, days: number) =>
  api.post<Tried>('/automations/try', { body, days });

export const refreshAutomations = () => queryClient.invalidateQueries({ queryKey: AUTOMATIONS });
