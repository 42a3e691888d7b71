import type { Tree } from '@/lib/blocks';
import type { PagePart } from '@/lib/page-layout';
import type { Id, Words } from './types';

// The field list and its options, as the team has shaped them.
export type FieldType =
  | 'text'
  | 'longtext'
  | 'richtext'
  | 'rich'
  | 'number'
  | 'percent'
  | 'rating'
  | 'money'
  | 'money_range'
  | 'date'
  | 'datetime'
  | 'lunar_date'
  | 'option'
  | 'options'
  | 'tags'
  | 'bool'
  | 'member'
  | 'department'
  | 'phone'
  | 'email'
  | 'url'
  | 'address'
  | 'serial'
  | 'attachment'
  | 'picture'
  | 'link'
  | 'lookup'
  | 'formula'
  | 'needs'
  | 'objections'
  | 'qa'
  | 'risks'
  | 'quotes'
  | 'steps'
  | 'files'
  | 'members'
  | 'contacts'
  | 'customer'
  | 'contact';

/** What the type of a team's own field was told. */
export interface FieldSettings {
  unit?: string;
  currency?: string;
  precision?: number;
  min?: number;
  max?: number;
  max_length?: number;
  /** How a serial number is written: `SQ-{YYYY}-{0000}`. */
  pattern?: string;
  /** The type of record that a link leads to. */
  to?: string;
  /** The link that a look-up goes through (or `customer`), and the field it shows there. */
  through?: string;
  field?: string;
  formula?: string;
  /** As what type a formula's values are kept and read. */
  result?: FieldType;
  /** A value of the type, with which a new record begins. */
  default?: unknown;
  good?: string;
  bad?: string;
}
export interface Field {
  slug: string;
  label: Words;
  type: FieldType;
  options: string | null;
  required: boolean;
  /** On the form only while the one holds, required while the other does; the filter language. */
  visible_when?: unknown;
  required_when?: unknown;
  /** The day from which it is required; until then the form reminds of it. */
  required_from?: string;
  reminded?: boolean;
  list: boolean;
  sort: boolean;
  filter: boolean;
  group: string;
  help?: Words | null;
  read_only: boolean;
  /** Of a team's own fields only. */
  settings?: FieldSettings;
  /** As what a looked-up value is read. */
  shows?: { type: FieldType; options: string | null; settings?: FieldSettings };
  /** What the reader's roles say of it: it may be read but not written, or read in part. */
  mark?: 'readonly' | 'masked';
  /** The team calls it otherwise than the screens do. */
  renamed?: boolean;
}
export interface FieldGroup extends Words {
  key: string;
}
export interface Option extends Words {
  key: string;
  color?: string | null;
  retired?: boolean;
}
export interface Schema {
  record_types: Record<
    string,
    { label: Words; fields: Field[]; groups?: FieldGroup[]; page?: PagePart[]; design?: number }
  >;
  options: Record<string, Option[]>;
  /** Fields that the reader's roles hide or mask, or the team has put away, by record type. */
  closed?: Record<string, string[]>;
}

/** The key of a team's own field. */
export type OwnKey = `cf_${number}`;
/** A record with the values of its own fields. */
export interface WithOwn {
  [own: OwnKey]: unknown;
}
export interface Range {
  low: number | null;
  high: number | null;
}
/** A text with marks, lists, tables and quotations; without a tree the plain text is all. */
export interface RichText {
  text: string;
  blocks: Tree;
}
/** Province, city and district by their short names, then the rest. */
export interface Address {
  region: string[];
  street: string;
}
/** How a member or department is read; it is written as its id. */
export interface Pointed {
  id: Id;
  name: string;
}
