import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient } from './queries';
import type { Named, Words } from './types';

/** Packs: those shipped, the team's own, what one would change, those applied so far. */
const PACKS = 'packs';
const PREVIEW = 'pack-preview';

export interface ShippedPack extends Words {
  key: string;
  fields: number;
  lists: number;
  views: number;
  nodes: number;
}
export interface OwnPack {
  version: number;
  text: string;
}
export type What = 'added' | 'changed' | 'removed' | 'order';
/** One item that would change: `of` is its list or record type; an order is told as the keys before and after. */
export interface PackChange extends Words {
  id: string;
  section: string;
  of: string;
  key: string;
  what: What;
  before: unknown;
  after: unknown;
}
/** A node that goes while customers stand there. */
export interface GoneNode extends Words {
  key: string;
  customers: number;
  to: string | null;
}
export interface PackNode extends Words {
  key: string;
}
export interface PackPreview {
  gone: GoneNode[];
  /** Where the customers of those may go. */
  nodes: PackNode[];
  version: number;
  changes: PackChange[];
  /** The difference of the two configurations as YAML, hunk by hunk. */
  lines: string[];
}
export interface AppliedPack {
  number: number;
  name: string;
  /** The number of the version that a roll-back took back. */
  took: number | null;
  changes: number;
  at: string;
  by: Named | null;
}
export interface Applied {
  number: number;
  changes: number;
}
/** What is applied: a pack that is shipped, or the text of a file; `id` tells sources apart. */
export interface Source {
  id: string;
  body: { shipped: string } | { text: string };
}

export const useShippedPacks = (enabled = true) =>
  useQuery({
    queryKey: [PACKS, 'shipped'],
    queryFn: async () => (await api.get<{ items: ShippedPack[] }>('/packs')).items,
    enabled,
  });

/** The configuration as it is; never one of before. */
export const readOwnPack = () => api.get<OwnPack>('/pack');
export const useOwnPack = (version: number | undefined) =>
  useQuery({
    queryKey: [PREVIEW, 'own', version],
    queryFn: readOwnPack,
    enabled: version !== undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });

/** What the team has changed since the standard: `text` is that standard, `lines` lead to what is in force. */
export const useOwnChanges = (enabled: boolean) =>
  useQuery({
    queryKey: [PACKS, 'changes'],
    queryFn: () => api.get<PackPreview & OwnPack>('/pack/changes'),
    enabled,
    staleTime: 0,
  });

/** What was applied so far, and the version of the configuration that whoever takes one back has seen. */
export const useAppliedPacks = () =>
  useQuery({
    queryKey: [PACKS, 'applied'],
    queryFn: async () => {
      const [{ items }, { version }] = await Promise.all([
        api.get<{ items: AppliedPack[] }>('/pack/versions'),
        readOwnPack(),
      ]);
      return { items, version };
    },
    staleTime: 0,
  });

export const askPreview = (body: Source['body'], leave: readonly string[]) =>
  api.post<PackPreview>('/pack/preview', { ...body, leave });
/** While a change is taken out the preview of before stands. */
export const usePreview = ({ id, body }: Source, leave: readonly string[]) =>
  useQuery({
    queryKey: [PREVIEW, id, leave],
    queryFn: () => askPreview(body, leave),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

type Mapping = Record<string, string>;
export const applyPack = (
  body: Source['body'],
  version: number,
  leave: readonly string[],
  mapping: Mapping,
  why: string,
) => api.post<Applied>('/pack/apply', { ...body, version, leave, mapping, why });
export const rollBackPack = (to: number, version: number, mapping: Mapping) =>
  api.post<Applied>('/pack/roll-back', { to, version, mapping });

/** After the configuration has changed everything is asked again, but for a preview that is being left. */
export const refreshAll = () =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== PREVIEW });
