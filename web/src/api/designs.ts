import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { keys, queryClient } from './queries';
import type { CustomerMode, RecordState, StateIn } from './records';
import type { Named, Words } from './types';

/** Forms and option lists as whoever shapes them sees them. */
export const DESIGNS = ['designs'] as const;
export const OPTION_LISTS = ['option-lists'] as const;

export interface DesignRow {
  record_type: string;
  label: Words;
  version: number;
  fields: number;
  own: number;
  free_texts: number;
}
export type Settings = Record<string, unknown>;
/** What a field says of itself; the designer changes these. */
export interface FieldWords extends Words {
  type: string;
  help_zh: string;
  help_en: string;
  good: string;
  bad: string;
  options: string | null;
  required: boolean;
  hidden: boolean;
  group: string;
  settings: Settings;
  /** Filters over the fields of the form: on it only while the one holds, demanded while the other does. */
  visible_when?: unknown;
  required_when?: unknown;
  /** The day from which it is demanded; until then people are only reminded. */
  required_from?: string | null;
}
/** What the code allows with a field. */
export interface Allowed {
  require: boolean;
  loosen: boolean;
  hide: boolean;
  remove: boolean;
  /** Conditions may ask about it. */
  filter: boolean;
}
export interface DesignField extends FieldWords {
  key: string;
  own: boolean;
  can: Allowed;
}
export interface DesignGroup extends Words {
  key: string;
}
/** What must hold of a row, the field that is named when it does not, and what is said then. */
export interface DesignRule extends Words {
  must: unknown;
  field: string;
  from?: string | null;
}
export interface TypeChoice {
  type: string;
  label: Words;
  options: boolean;
  /** The form gives it to a record itself; nobody fills it in. */
  given: boolean;
  settings: Record<string, { min: number; max: number }>;
}
export interface Design {
  record_type: string;
  label: Words;
  version: number;
  published: { at: string; by: Named | null } | null;
  fields: DesignField[];
  /** The pinyin of each field's Chinese name, a blank between syllables, by key. */
  spellings: Record<string, string>;
  groups: DesignGroup[];
  rules: DesignRule[];
  /** The key that the next new field gets; conditions name new fields by the keys to come. */
  next_key: string;
  built_in_groups: string[];
  /** Of a type of the team's own: its name, its link to customers, its states. */
  type?: Words & { customer: CustomerMode; states: RecordState[] };
  free_texts: number;
  types: TypeChoice[];
  links: LinkChoice[];
}
/** A type of record that a field may link to, with what can be looked up there. */
export interface LinkChoice {
  type: string;
  label: Words;
  fields: { key: string; label: Words }[];
}
/** How many records hold a value of an own field, and which types it can still have. */
export interface FieldUse {
  key: string;
  records: number;
  types: string[];
}
export interface DesignBody {
  version: number;
  why: string;
  groups: DesignGroup[];
  fields: (Partial<FieldWords> & { key?: string })[];
  rules: DesignRule[];
  zh?: string;
  en?: string;
  customer?: CustomerMode;
  states?: StateIn[];
}
export interface Published {
  record_type: string;
  version: number;
  keys: string[];
  said: Words;
}
export interface DesignVersion extends Words {
  number: number;
  live: boolean;
  took: number | null;
  at: string;
  by: Named | null;
}
export interface ListedOption extends Words {
  key: string | null;
  color: string | null;
  synonyms: string[];
  retired: boolean;
}
export interface ListUse {
  record_type: string;
  key: string;
  label: Words;
}
export interface OptionListRow {
  name: string;
  options: number;
  fields: ListUse[];
}
export interface OptionList {
  name: string;
  version: string;
  items: ListedOption[];
  fields: ListUse[];
}
export interface SavedList {
  name: string;
  version: string;
  keys: string[];
  said: Words;
}

/** What a field takes and brings. */
export interface FieldCost {
  key: string;
  /** Median; by its type where nobody was timed. */
  seconds: number;
  estimated: boolean;
  entries: number;
  corrections: number;
  filled: number;
  share: number;
  /** Saved views that filter or sort by it. */
  views: number;
  advice: (Words & { kind: string }) | null;
}
export interface Cost {
  records: number;
  fields: FieldCost[];
  types: Record<string, number>;
}
interface Stopped {
  looked_at: number;
  stopped: number;
}
export interface ImpactExample {
  id: number;
  name: string;
  customer: Named | null;
  at: string;
  by: { id: number | null; name: string; team: Named | null };
  problems: (Words & { field: string })[];
}
/** What a draft would have done to the records of the last 90 days. */
export interface Impact extends Stopped {
  since: string;
  capped: boolean;
  reminded: number;
  /** Records that miss more than one thing. */
  several: number;
  by_team: (Stopped & { id: number | null; name: string })[];
  by_member: (Stopped & { id: number | null; name: string })[];
  /** `rule`: its place in the draft, where it is one. */
  by_change: {
    key: string;
    rule: number | null;
    label: Words | null;
    stopped: number;
    reminded: number;
  }[];
  examples: ImpactExample[];
}

/** A field that the team has already; `here`: on the form that is shaped, put away or not. */
export interface KnownField {
  record_type: string;
  label: Words;
  key: string;
  field: Words;
  here: boolean;
  hidden: boolean;
  by: 'label' | 'synonym';
}
/** One thing that a document asks. `sample`: what was filled in; `list`: an option list that has all its options. */
export interface PaperField {
  label: string;
  type: string;
  group: string;
  required: boolean;
  help: string;
  options: string[];
  settings: Settings;
  sample: string;
  list: string | null;
  known: KnownField | null;
}
/** A Word or Excel template as the draft of a form. */
export interface Paper {
  name: string;
  title: string;
  fields: PaperField[];
  notes: Words[];
}

export const useDesigns = () =>
  useQuery({
    queryKey: [...DESIGNS, 'all'],
    queryFn: async () => (await api.get<{ items: DesignRow[] }>('/designs')).items,
  });
export const useDesign = (type: string, enabled: boolean) =>
  useQuery({
    queryKey: [...DESIGNS, type],
    queryFn: () => api.get<Design>(`/designs/${type}`),
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
const nameOfUse = (type: string, key: string) => [...DESIGNS, type, 'fields', key];
const readUse = (type: string, key: string) => api.get<FieldUse>(`/designs/${type}/fields/${key}`);
export const useFieldUse = (type: string, key: string | null) =>
  useQuery({
    queryKey: nameOfUse(type, key ?? ''),
    queryFn: () => readUse(type, key ?? ''),
    enabled: key !== null,
  });
export const askFieldUse = (type: string, key: string) =>
  queryClient.fetchQuery({ queryKey: nameOfUse(type, key), queryFn: () => readUse(type, key) });
export const useDesignVersions = (type: string) =>
  useQuery({
    queryKey: [...DESIGNS, type, 'versions'],
    queryFn: async () => (await api.get<{ items: DesignVersion[] }>(`/designs/${type}/versions`)).items,
    staleTime: 0,
  });
export const useOptionLists = (enabled: boolean) =>
  useQuery({
    queryKey: [...OPTION_LISTS, 'all'],
    queryFn: async () => (await api.get<{ items: OptionListRow[] }>('/option-lists')).items,
    enabled,
  });
export const useOptionList = (name: string | null) =>
  useQuery({
    queryKey: [...OPTION_LISTS, name],
    queryFn: () => api.get<OptionList>(`/option-lists/${name}`),
    enabled: name !== null,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

export const useCost = (type: string) =>
  useQuery({
    queryKey: [...DESIGNS, type, 'cost'],
    queryFn: () => api.get<Cost>(`/designs/${type}/cost`),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  });
type Replayed = DesignBody & { lists: Record<string, string[]> };
/** null: there is nothing to ask about. */
export const useImpact = (type: string, body: Replayed | null) =>
  useQuery({
    queryKey: [...DESIGNS, type, 'impact', body],
    queryFn: () => api.post<Impact>(`/designs/${type}/impact`, body),
    enabled: body !== null,
    retry: false,
    refetchOnWindowFocus: false,
  });
export function readDocument(type: string, file: File): Promise<Paper> {
  const form = new FormData();
  form.append('file', file);
  return api.post<Paper>(`/designs/${type}/read-document`, form);
}
export const publishDesign = (type: string, body: DesignBody) => api.put<Published>(`/designs/${type}`, body);
export const rollBackDesign = (type: string, version: number, to: number) =>
  api.post<Published>(`/designs/${type}/roll-back`, { version, to, why: '' });
export const saveOptionList = (
  name: string,
  version: string,
  items: (Omit<ListedOption, 'key'> & { key?: string })[],
) => api.put<SavedList>(`/option-lists/${name}`, { version, items });

/** After a form or a list has changed: whatever is drawn from fields is asked again. */
export async function refreshDesigns(): Promise<void> {
  const changed = [DESIGNS, OPTION_LISTS, keys.schema];
  await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
