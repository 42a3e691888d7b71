import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Id } from './types';

export interface Linkable {
  id: Id;
  name: string;
  /** Whose it is. */
  note: string;
}
const NONE: Linkable[] = [];

/** Records of a type that a field may link to, by words; the newest ones without any. */
export function useLinkable(type: string | undefined, q: string, wanted = true): Linkable[] {
  const { data } = useQuery({
    queryKey: ['links', type, q],
    queryFn: () => api.get<{ items: Linkable[] }>(`/links/${type}`, { query: { q } }),
    enabled: Boolean(type) && wanted,
    placeholderData: keepPreviousData,
  });
  return data?.items ?? NONE;
}

/** Their names by id, where a condition names them. */
export function useLinked(type: string | undefined, ids: readonly number[]): Linkable[] {
  const asked = [...new Set(ids)].sort((a, b) => a - b).join(',');
  const { data } = useQuery({
    queryKey: ['links', type, 'ids', asked],
    queryFn: () => api.get<{ items: Linkable[] }>(`/links/${type}`, { query: { ids: asked } }),
    enabled: Boolean(type) && asked !== '',
    placeholderData: keepPreviousData,
  });
  return data?.items ?? NONE;
}
