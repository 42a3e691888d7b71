import { useQuery } from '@tanstack/react-query';
import type { Tree } from '@/lib/blocks';
import { recall, remember } from '@/lib/store';
import { api } from './client';
import type { CommentItem } from './comments';
import type { FollowUpItem, Id, Words } from './types';

/** One field of the field list, or several under one label. */
export interface TemplatePart extends Words {
  fields: string[];
  /** Conditions of which one must hold; none: always shown. */
  when: string[];
  required: boolean;
  required_when: string[];
}
export interface TemplateSection extends Words {
  key: string;
  when: string[];
  parts: TemplatePart[];
}
export interface Template extends Words {
  id: Id;
  key: string;
  version: number;
  /** Kinds of record for which it is the usual one. */
  kinds: string[];
  conditions: Record<string, Words>;
  sections: TemplateSection[];
}
export interface Templates {
  items: Template[];
  /** The one this person wrote with last, on whatever device. */
  last_used: string | null;
}

/** Templates as they stand; those of the last visit until they have come, and without a network. */
export const useTemplates = () =>
  useQuery({
    queryKey: ['templates'],
    queryFn: async () => {
      const fresh = await api.get<Templates>('/templates');
      remember('templates', fresh);
      return fresh;
    },
    initialData: () => recall<Templates>('templates') ?? undefined,
    initialDataUpdatedAt: 0,
    staleTime: 10 * 60_000,
  });

/** The template a record is written with: chosen, else the last one, else the one of its kind. */
export function templateFor(
  templates: Templates | undefined,
  chosen: string | null,
  kind: string,
): Template | null {
  const { items = [], last_used: last = null } = templates ?? {};
  const find = (key: string | null) => items.find((one) => one.key === key);
  return find(chosen) ?? find(last) ?? items.find((one) => one.kinds.includes(kind)) ?? items[0] ?? null;
}

export const applies = (when: readonly string[], holding: readonly string[]): boolean =>
  when.length === 0 || when.some((key) => holding.includes(key));

/** One record laid out by its template, for page and print. */
export interface RecordField extends Words {
  slug: string;
  type: string;
  text: { zh: string[]; en: string[] };
  /** The same with its marks, where it has any. */
  blocks?: Tree;
}
export interface RecordSection extends Words {
  key: string;
  /** Shown also when nothing is in it. */
  always: boolean;
  fields: RecordField[];
}
export interface RecordPageData extends Omit<FollowUpItem, 'customer'> {
  customer: { id: Id; name: string };
  kind: string;
  template: Words & { key: string; version: number };
  sections: RecordSection[];
  axes: Partial<Record<'structure' | 'action' | 'evidence' | 'clarity', number>>;
  findings: { rule: string; severity: string; message: Words; field_zh: string }[];
  /** Minutes from the contact to the entry. */
  entry_delay: number | null;
  comments: CommentItem[];
  can: { comment: boolean; update: boolean; export: boolean };
}

export const useRecord = (id: Id) =>
  useQuery({
    queryKey: ['followups', id],
    queryFn: () => api.get<RecordPageData>(`/followups/${id}`),
    enabled: id > 0,
  });
