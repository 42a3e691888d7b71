import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Words } from './types';

export interface FirstStep extends Words {
  key: string;
  why: Words;
  to: string;
  done_at: string | null;
}
export interface FirstDays extends Words {
  key: string;
  steps: FirstStep[];
}
export interface Example {
  bad: string;
  good: string;
  why: Words;
}
export interface Topic extends Words {
  key: string;
  to?: string;
  lines: Words[];
}
interface Guide {
  examples: Record<string, Example[]>;
  topics: Topic[];
}

/** What a new colleague does first; null for whoever has no path. */
export function useFirstDays(enabled: boolean) {
  return useQuery({
    queryKey: ['desk', 'first-days'],
    queryFn: () => api.get<FirstDays | null>('/desk/first-days'),
    enabled,
  });
}

/** Examples and help are part of the team's standard; they change with it, not with the day. */
export function useGuide(enabled = true) {
  return useQuery({
    queryKey: ['guide'],
    queryFn: () => api.get<Guide>('/guide'),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
