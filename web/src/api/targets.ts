import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys, queryClient } from './queries';
import type { Body, Id, Named, Precision, Words } from './types';

/** What targets are set in, with its definition. */
export interface Measure {
  slug: string;
  label: Words;
  unit: Words;
  means: Words;
  money: boolean;
  most: number;
}
export interface TargetCell {
  done: number;
  target: number | null;
  /** Where one should be by the working days that are over. */
  expected: number | null;
  state: 'reached' | 'on' | 'behind' | null;
  trend: number[];
}
export interface PlaceCell extends TargetCell {
  members_target: number | null;
  own: boolean;
}
/** Median seconds from opening the form to submission, over so many records. */
export type Writing = { seconds: number; records: number } | null;
export interface TargetHead {
  month: string;
  days: { elapsed: number; total: number };
  measures: Measure[];
  can: { set: boolean; configure: boolean; export: boolean };
}
export interface Progress extends TargetHead {
  rows: { kind: 'member' | 'department'; id: Id; name: string; cells: Record<string, TargetCell> }[];
}
export interface TeamPerson extends Named {
  department_id: Id | null;
  active: boolean;
  rank: number | null;
  cells: Record<string, TargetCell>;
  writing: Writing;
}
export interface TeamPlaceRow extends Named {
  depth: number;
  opens: boolean;
  cells: Record<string, PlaceCell>;
  writing: Writing;
}
export interface TeamMonth extends TargetHead {
  months: string[];
  ranking: boolean;
  department_sum: boolean;
  by: string | null;
  has_targets: boolean;
  departments: TeamPlaceRow[];
  people: TeamPerson[];
}
export interface BehindRow {
  customer: Named;
  who: string | null;
  at: string | null;
  precision: Precision;
  followup_id: Id | null;
  channel: string;
  text: string;
  times: number;
  amount: number | null;
  contract_number: string;
}
export interface Behind {
  month: string;
  measure: Measure;
  of: Named & { kind: 'member' | 'department' };
  number: number;
  hidden: number;
  more: boolean;
  items: BehindRow[];
}
export interface TargetRow extends Named {
  targets: Record<string, number | null>;
  last_targets: Record<string, number | null>;
  last: Record<string, number>;
}
export interface TargetTable {
  month: string;
  measures: Measure[];
  departments: (TargetRow & { depth: number })[];
  people: (TargetRow & { department_id: Id | null })[];
}
export interface ProposedCell {
  member_id: Id | null;
  department_id: Id | null;
  measure: string;
  number: number;
}
export type Whose = { member_id: Id } | { department_id: Id };

export const useProgress = () =>
  useQuery({
    queryKey: [...keys.targets, 'progress'],
    queryFn: () => api.get<Progress>('/targets/progress'),
  });

export const useTeamMonth = (month: string, by: string) =>
  useQuery({
    queryKey: [...keys.targets, 'team', month, by],
    queryFn: () => api.get<TeamMonth>('/targets/team', { query: { month, by } }),
    placeholderData: (old) => old,
  });

export const useBehind = (month: string, measure: string, whose: Whose) =>
  useQuery({
    queryKey: [...keys.targets, 'rows', month, measure, whose],
    queryFn: () => api.get<Behind>('/targets/rows', { query: { month, measure, ...whose } }),
  });

const tableOf = (month: string) => ({
  queryKey: [...keys.targets, 'table', month],
  queryFn: () => api.get<TargetTable>('/targets', { query: { month } }),
  staleTime: 0,
});
export const useTargetTable = (month: string) => useQuery(tableOf(month));
/** The table as it stands now; whoever shows it gets it too. */
export const targetTable = (month: string) => queryClient.fetchQuery(tableOf(month));

export const lastMonths = async (month: string): Promise<ProposedCell[]> =>
  (await api.get<{ cells: ProposedCell[] }>('/targets/proposal', { query: { month, source: 'last_month' } }))
    .cells;

export const sharesOf = async (
  department_id: Id,
  measure: string,
  number: number,
): Promise<ProposedCell[]> => {
  const query = { source: 'shares', department_id, measure, number };
  return (await api.get<{ cells: ProposedCell[] }>('/targets/proposal', { query })).cells;
};

export const setTargets = (body: Body<'TargetsIn'>) =>
  api.put<{ set: number; cleared: number; batch: string }>('/targets', body);

export const configureTargets = (body: Body<'TargetSettingsIn'>) => api.patch('/targets/settings', body);

/** After targets or numbers have changed. */
export function refreshTargets(): void {
  void queryClient.invalidateQueries({ queryKey: keys.targets });
}
