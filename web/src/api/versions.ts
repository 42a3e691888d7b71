import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Id, Named, Words } from './types';

export type VersionedType = 'customer' | 'contact' | 'need' | 'followup' | 'agenda' | `x_${string}`;

export interface VersionHead {
  number: number;
  event: string;
  at: string;
  by: Named | null;
  source: string;
  why: string;
  /** The number of the version whose values were taken back. */
  restored: number | null;
}
interface FieldHead {
  field: string;
  label: Words;
  type: string;
  /** The text is the same; only its marks differ. */
  format_only: boolean;
}
export interface VersionRow extends VersionHead {
  changes: (FieldHead & { old: Words; new: Words })[];
}
export interface VersionList {
  label: Words;
  version: number;
  items: VersionRow[];
  can: { restore: boolean };
}
export interface ComparedField extends FieldHead {
  then: Words;
  now: Words;
  restorable: boolean;
}
export interface Compared extends VersionHead {
  version: number;
  fields: ComparedField[];
  can: { restore: boolean };
}
export interface Restored {
  restored: string[];
  undo_to: number;
}

const VERSIONS = 'versions';

export const useVersions = (type: VersionedType, id: Id) =>
  useQuery({
    queryKey: [VERSIONS, type, id],
    queryFn: () => api.get<VersionList>(`/versions/${type}/${id}`),
    staleTime: 0,
  });

export const useCompared = (type: VersionedType, id: Id, number: number) =>
  useQuery({
    queryKey: [VERSIONS, type, id, number],
    queryFn: () => api.get<Compared>(`/versions/${type}/${id}/${number}`),
    staleTime: 0,
  });

export const restoreVersion = (
  type: VersionedType,
  id: Id,
  number: number,
  version: number,
  fields: string[] | null,
) => api.post<Restored & { version: number }>(`/versions/${type}/${id}/${number}`, { version, fields });

export interface SinceItem extends Words {
  at: string;
  by: Named | null;
  kind: string;
}
export interface Since {
  since: string | null;
  kind: 'contact' | 'visit' | '';
  items: SinceItem[];
}

/** What others changed since one's own last contact; `seen`: the last look, for those who never had one. */
export const useSince = (id: Id, seen: string) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'since'],
    queryFn: () => {
      const asked = new URLSearchParams(seen ? { seen } : {});
      return api.get<Since>(`/customers/${id}/since?${asked}`);
    },
    staleTime: 30_000,
  });
