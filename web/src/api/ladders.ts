import { useQuery } from '@tanstack/react-query';
import { api, type Problem } from './client';
import { queryClient } from './queries';
import type { Words } from './types';

export const LADDER_FROMS = ['enter', 'before', 'due'] as const;
export const LADDER_CLOCKS = ['hours', 'workhours', 'days', 'workdays'] as const;
export const LADDER_DEEDS = ['remind', 'alert', 'copy', 'reassign', 'pool'] as const;
export const LADDER_PEOPLE = ['owner', 'department', 'superior', 'head'] as const;

export interface LadderRung {
  from: (typeof LADDER_FROMS)[number];
  amount: number;
  clock: (typeof LADDER_CLOCKS)[number];
  do: (typeof LADDER_DEEDS)[number];
  /** One of LADDER_PEOPLE, or role:<key>. */
  to: string;
}
/** The ladder of one kind of to-do, for these customers; an empty list = of any. */
export interface LadderRule {
  kind: string;
  classes: string[];
  sources: string[];
  nodes: string[];
  rungs: LadderRung[];
}
/** Each rule in a sentence, and what is wrong with them. */
export interface LadderWords {
  words: Words[];
  problems: Problem[];
}
export interface LadderPlan extends LadderWords {
  version: number;
  rules: LadderRule[];
  kinds: (Words & { key: string })[];
  roles: (Words & { key: string; held: boolean })[];
}

const KEY = ['ladders'];
export const useLadders = () =>
  useQuery({ queryKey: KEY, queryFn: () => api.get<LadderPlan>('/ladders'), staleTime: 0 });
export const tryLadders = (rules: readonly LadderRule[]) =>
  api.post<LadderWords>('/ladders/preview', { rules });
export const saveLadders = (version: number, rules: readonly LadderRule[]) =>
  api.put<{ version: number }>('/ladders', { version, rules });
export const refreshLadders = () => queryClient.invalidateQueries({ queryKey: KEY });
