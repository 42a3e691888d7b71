import { createContext, useContext } from 'react';
import type { Words } from '@/api/types';
import { words } from '@/lib/names';
import { type Labels, useLabels } from '@/lib/options';
import { type Key, t } from '@/locales';
import type { Look } from './look';

export interface ListColumn {
  /** The field's slug, or the name the server knows the column by. */
  key: string;
  /** As the screens call it, or as the team does. */
  label: Key | Words;
  /** The field it tells of, where it is none itself. */
  tells?: string;
  /** Its cells can be changed in the list. */
  edit?: boolean;
  /** The verb that alone may change it, where it is not the one for the fields of a row. */
  verb?: string;
}
export const headOf = ({ label }: ListColumn): string =>
  typeof label === 'string' ? t(label) : words(label);

/** What a list with tabs is a list of: everything that the screens over it need to know. */
export interface ListKind {
  record: string;
  /** Where its rows are asked for; the tabs stand at `/views` below it. */
  path: string;
  /** The orders in the words of the list, the usual one first. */
  sorts: Readonly<Record<string, Key>>;
  /** The order of a ready-made view that has another than the first. */
  usual?: (base: string) => string;
  /** The ready-made view it opens with, for those who sell and the others. */
  first: (sells: boolean) => string;
  /** Ready-made views that hold every row. */
  whole: readonly string[];
  boards: readonly string[];
  /** Fields with a day, by which its rows lie in a calendar. */
  dates?: readonly string[];
  /** Columns one may choose from; none where the list has no columns. */
  columns: readonly ListColumn[];
  look: Look;
  words: { total: Key; total_capped: Key; count: Key; count_capped: Key; first: Key };
  /** The rows' own cache, to be asked again. */
  keys: readonly string[];
}

const Kind = createContext<ListKind | null>(null);
export const KindProvider: React.Provider<ListKind | null> = Kind.Provider;

/** Whose fields conditions are about, by which names. */
export interface Subject {
  record: string;
  labels: Labels;
}
const Given = createContext<Subject | null>(null);
export const SubjectProvider: React.Provider<Subject | null> = Given.Provider;

/** What conditions are about: what is given, else the list around. */
export function useSubject(): Subject {
  const given = useContext(Given);
  const kind = useContext(Kind);
  const labels = useLabels();
  if (given) return given;
  if (!kind) throw new Error('nothing to filter around');
  return { record: kind.record, labels };
}

/** The list around; only called below a `KindProvider`. */
export function useKind(): ListKind {
  const kind = useContext(Kind);
  if (!kind) throw new Error('no list around');
  return kind;
}
