import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Id, Page, Words } from './types';
import { upload } from './upload';

export type ImportState =
  | 'reading'
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'undone'
  | 'failed';
export type Verdict = 'ready' | 'confirm' | 'duplicate' | 'refused';

export interface ImportColumn {
  sheet: string;
  header: string;
  samples: string[];
  field: string | null;
  reason: Words | null;
  /** What its values look like; `doubt` when a person should look. */
  seen: (Words & { doubt: boolean }) | null;
  sure: boolean;
}
export interface ImportTarget {
  slug: string;
  label: Words;
  group: string;
}
export interface ImportCounts {
  total: number;
  ready: number;
  confirm: number;
  duplicate: number;
  refused: number;
  customers_new?: number;
  customers_update?: number;
  followups?: number;
  agenda?: number;
  records_new?: number;
  records_update?: number;
  /** Rows that come in although the form asks for more. */
  records_missing?: number;
}
export interface ImportRun {
  id: Id;
  state: ImportState;
  file: { name: string; size?: number } | string;
  progress: { done: number; total: number } | null;
  assumptions: (Words | string)[];
  columns: ImportColumn[];
  targets: ImportTarget[];
  /** The record type of the team whose rows the file holds; none = customers and what hangs on them. */
  target: { slug: string; label: Words } | null;
  counts: ImportCounts | null;
  error: Words | null;
  already: { import_id: Id; at: string } | null;
  undo_until: string | null;
  batch: string | null;
  created_at?: string;
  finished_at?: string | null;
}
export interface Fix {
  label: Words;
  set?: Record<string, string>;
  skip?: boolean;
  merge_into?: Id | string;
  separate?: boolean;
}
export interface ImportRow {
  row: number;
  sheet: string;
  part?: number;
  verdict: Verdict;
  values: Record<string, string | null>;
  cells: Record<string, 'bad' | 'unsure'>;
  problems: (Words & { code: string; field: string | null; fixes: Fix[] })[];
  effect: Words | null;
  findings: { rule: string; field: string; span: [number, number] | null; message: Words }[];
}
export type RowChange = { sheet: string; row: number; part?: number } & Partial<Omit<Fix, 'label'>>;

const BUSY: ImportState[] = ['reading', 'checking', 'running'];
export const importKey = (id: Id) => ['imports', id] as const;

/** `target`: the own record type whose rows the sheet holds. */
export function uploadSheet(file: File, target: string): Promise<{ id: Id }> {
  return upload<{ id: Id }>('/imports', file, {}, { query: { target: target || undefined } });
}

/** One import; asked again every second while the server works on it. */
export const useImport = (id: Id) =>
  useQuery({
    queryKey: importKey(id),
    queryFn: () => api.get<ImportRun>(`/imports/${id}`),
    refetchInterval: (query) => (query.state.data && BUSY.includes(query.state.data.state) ? 900 : false),
    staleTime: 0,
  });

export const useImports = () =>
  useQuery({ queryKey: ['imports'], queryFn: () => api.get<{ items: ImportRun[] }>('/imports') });

export const setColumns = (id: Id, columns: { sheet: string; header: string; field: string | null }[]) =>
  api.put<unknown>(`/imports/${id}/columns`, { columns });
export const checkImport = (id: Id) => api.post<unknown>(`/imports/${id}/check`);
export const rowsOf = (id: Id, verdict: Verdict | null, cursor: string) =>
  api.get<Page<ImportRow>>(`/imports/${id}/rows`, { query: { verdict, cursor } });
export const changeRows = (id: Id, rows: RowChange[], sameKind?: string) =>
  api.patch<unknown>(`/imports/${id}/rows`, { rows, ...(sameKind ? { same_kind: sameKind } : {}) });
/** Who gets the new customers that have no owner in the sheet: the importer, whom the rules name, nobody yet. */
export const ASSIGN = ['me', 'rules', 'wait'] as const;
export type Assign = (typeof ASSIGN)[number];
export const runImport = (id: Id, assign: Assign) => api.post<unknown>(`/imports/${id}/run`, { assign });
export const cancelImport = (id: Id) => api.post<unknown>(`/imports/${id}/cancel`);
export const refusedUrl = (id: Id) => `/api/v1/imports/${id}/refused.xlsx`;
