import { useQuery } from '@tanstack/react-query';
import type { Finding } from './check';
import { api } from './client';
import { queryClient } from './queries';
import type { Named, Words } from './types';

/** The written standard of records: what the pack says, what the team says otherwise, what holds. */
const STANDARD = 'standard';

export type Severity = 'error' | 'warning' | 'hint' | 'off';
export interface Setting {
  severity?: Severity;
  weight?: number;
}
export interface WordsSaid {
  add?: string[];
  drop?: string[];
}
/** What a team says otherwise than the pack. */
export interface StandardBody {
  rules: Record<string, Setting>;
  required: Record<string, Setting>;
  thresholds: Record<string, number>;
  words: Record<string, WordsSaid>;
  glossary: Record<string, string>;
}
export interface RuleRow extends Partial<Words> {
  key: string;
  zh: string;
  /** Advice only: no points, never stops anybody. */
  advice?: boolean;
  risk?: Words | null;
  usual: Required<Setting>;
}
export interface Threshold extends Words {
  key: string;
  least: number;
  most: number;
  usual: number;
}
export interface WordList extends Words {
  key: string;
  words: number;
  few: string[];
}
export interface StandardPage {
  version: number;
  published: { at: string; by: Named | null } | null;
  body: StandardBody;
  rules: RuleRow[];
  required: RuleRow[];
  thresholds: Threshold[];
  lists: WordList[];
  glossary: Record<string, string>;
}
export interface StandardImpact {
  looked_at: number;
  capped: boolean;
  stopped: number;
  freed: number;
  points: number;
  by_rule: { key: string; label: Words; count: number }[];
  by_member: { id: number | null; name: string; count: number }[];
  examples: { id: number; customer: Named; at: string; by: string; summary: string; findings: Finding[] }[];
  said: Words;
}
export interface StandardVersion {
  number: number;
  live: boolean;
  took: number | null;
  at: string;
  by: Named | null;
  said: Words[];
}
export interface Tried {
  now: Finding[];
  draft: Finding[];
}
export interface Texts {
  summary: string;
  feedback: string;
  next_step: string;
}

export const useStandard = () =>
  useQuery({
    queryKey: [STANDARD, 'page'],
    queryFn: () => api.get<StandardPage>('/standard'),
    refetchOnWindowFocus: false,
  });
export const useStandardVersions = () =>
  useQuery({
    queryKey: [STANDARD, 'versions'],
    queryFn: async () => (await api.get<{ items: StandardVersion[] }>('/standard/versions')).items,
  });
export const useStandardImpact = (body: StandardBody) =>
  useQuery({
    queryKey: [STANDARD, 'impact', body],
    queryFn: () => api.post<StandardImpact>('/standard/impact', body),
    retry: false,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
export const useTried = (body: StandardBody, texts: Texts) =>
  useQuery({
    queryKey: [STANDARD, 'try', body, texts],
    queryFn: () => api.post<Tried>('/standard/try', { ...body, ...texts }),
    enabled: Object.values(texts).some((text) => text.trim()),
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: (old) => old,
    gcTime: 0,
  });
export const publishStandard = (version: number, body: StandardBody, why: string) =>
  api.put<{ version: number }>('/standard', { version, ...body, why });
export const rollBackStandard = (version: number, to: number) =>
  api.post<{ version: number }>('/standard/roll-back', { version, to });
export const refreshStandard = () => queryClient.invalidateQueries({ queryKey: [STANDARD] });
