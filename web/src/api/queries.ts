import { QueryClient, useQuery } from '@tanstack/react-query';
import { recall, remember } from '@/lib/store';
import { ApiError, api, OfflineError } from './client';
import type { CustomerViews, Department, DeskToday, Inbox, MemberRow, Schema, Session } from './types';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      retry: (count, failure) =>
        count < 1 &&
        !(failure instanceof ApiError && failure.status < 500) &&
        !(failure instanceof OfflineError),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Keys of whatever shows views. */
export const VIEWED = [
  ['customers', 'views'],
  ['followups', 'views'],
  ['agenda', 'views'],
] as const;

/** Query keys in one place, so that what a verb changes can be named. */
export const keys = {
  session: ['session'] as const,
  schema: ['schema'] as const,
  today: ['desk', 'today'] as const,
  agenda: ['agenda'] as const,
  inbox: ['inbox'] as const,
  members: ['members'] as const,
  departments: ['departments'] as const,
  board: ['customers', 'board'] as const,
  views: ['customers', 'views'] as const,
  customers: ['customers', 'list'] as const,
  records: ['followups', 'list'] as const,
  targets: ['targets'] as const,
  customer: (id: number) => ['customers', 'one', id] as const,
};

export const useSession = () =>
  useQuery({
    queryKey: keys.session,
    queryFn: () => api.get<Session>('/session', { quiet401: true }),
    staleTime: 5 * 60_000,
    retry: false,
    // Asked for before the first drawing; a refusal then is still one now.
    retryOnMount: false,
  });

export const useSchema = () =>
  useQuery({
    queryKey: keys.schema,
    queryFn: async () => {
      const fresh = await api.get<Schema>('/schema');
      remember('schema', fresh);
      return fresh;
    },
    // Labels of the last visit until the present ones have come, and without a network.
    initialData: () => recall<Schema>('schema') ?? undefined,
    initialDataUpdatedAt: 0,
    staleTime: 10 * 60_000,
  });

export const useToday = () =>
  useQuery({ queryKey: keys.today, queryFn: () => api.get<DeskToday>('/desk/today') });

/** The tabs over a list, whatever it lists. */
export const useViews = (list: { path: string; keys: readonly string[] }) =>
  useQuery({
    queryKey: [...list.keys, 'views'],
    queryFn: () => api.get<CustomerViews>(`${list.path}/views`),
  });

export const useDepartments = (enabled = true) =>
  useQuery({
    queryKey: keys.departments,
    queryFn: () => api.get<{ items: Department[] }>('/departments'),
    staleTime: 5 * 60_000,
    enabled,
  });

export const useMembers = (enabled = true) =>
  useQuery({
    queryKey: keys.members,
    queryFn: () => api.get<{ items: MemberRow[] }>('/members'),
    staleTime: 5 * 60_000,
    enabled,
  });

export const useInbox = (enabled: boolean) =>
  useQuery({
    queryKey: keys.inbox,
    queryFn: () => api.get<Inbox>('/inbox'),
    refetchInterval: 120_000,
    enabled,
  });

/** After a verb that touched customers or to-dos: everything that shows them is asked again. */
export function refreshWork(customerId?: number): void {
  void queryClient.invalidateQueries({ queryKey: keys.today });
  void queryClient.invalidateQueries({ queryKey: keys.agenda });
  void queryClient.invalidateQueries({ queryKey: keys.views });
  void queryClient.invalidateQueries({ queryKey: keys.customers });
  void queryClient.invalidateQueries({ queryKey: keys.records });
  void queryClient.invalidateQueries({ queryKey: ['followups', 'views'] });
  void queryClient.invalidateQueries({ queryKey: keys.board });
  void queryClient.invalidateQueries({ queryKey: keys.targets });
  if (customerId !== undefined) void queryClient.invalidateQueries({ queryKey: keys.customer(customerId) });
}
