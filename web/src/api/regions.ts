import { useQuery } from '@tanstack/react-query';
import { api } from './client';

export interface Region {
  name: string;
  /** None where a municipality has districts at once. */
  cities: string[];
}
const NONE: Region[] = [];

/** The provinces and their cities; asked for once, when the first address is drawn. */
export function useRegions(wanted = true): Region[] {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: () => api.get<{ items: Region[] }>('/regions'),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: wanted,
  });
  return data?.items ?? NONE;
}
