import { useMemo } from 'react';
import { useSchema } from '@/api/queries';
import type { Field, FieldGroup, Option, Schema, Words } from '@/api/types';
import { type Key, t } from '@/locales';
import { words } from './names';
import type { PagePart } from './page-layout';

export interface Labels {
  /** The words for an option key, e.g. `label('channel', 'phone')` is 电话. */
  label: (set: string, key: string | null | undefined) => string;
  options: (set: string) => Option[];
  /** One option of a set, those out of use too. */
  option: (set: string, key: unknown) => Option | undefined;
  field: (record: string, slug: string) => Field | undefined;
  /** What a screen calls a field, unless the team has named it otherwise. */
  called: (record: string, slug: string, usual: Key) => string;
  /** In the order of the form, without what the reader's roles hide. */
  fields: (record: string) => Field[];
  /** What a record type is called. */
  type: (record: string) => Words | undefined;
  /** The team's own types that one may see. */
  ownTypes: string[];
  /** The groups that the team has named. */
  groups: (record: string) => FieldGroup[];
  /** How the team has arranged the page of a record. */
  page: (record: string) => PagePart[];
  /** May the reader see this field as it stands? What is no field of its own is not asked about. */
  reads: (record: string, slug: string) => boolean;
  ready: boolean;
}

/** A field as its values are read: a formula as what it gives, a look-up as what it shows. */
export function readAs(field: Field): Field {
  if (field.type === 'formula') return { ...field, type: field.settings?.result ?? 'number' };
  if (field.type !== 'lookup' || !field.shows) return field;
  const { type, options, settings } = field.shows;
  return {
    ...field,
    type: type === 'richtext' ? 'longtext' : type,
    options,
    settings: { ...settings, default: undefined },
  };
}

export function labelsOf(data: Schema | undefined): Labels {
  const option: Labels['option'] = (set, key) => data?.options[set]?.find((one) => one.key === key);
  const types = Object.entries(data?.record_types ?? {});
  const lists = new Map(types.map(([record, type]) => [record, type.fields.map(readAs)]));
  const fields: Labels['fields'] = (record) => lists.get(record) ?? [];
  return {
    option,
    fields,
    label: (set, key) => {
      if (!key) return '';
      const found = option(set, key);
      if (found) return words(found);
      return data ? key : '';
    },
    options: (set) => (data?.options[set] ?? []).filter((one) => !one.retired),
    field: (record, slug) => fields(record).find((one) => one.slug === slug),
    called: (record, slug, usual) => {
      const found = fields(record).find((one) => one.slug === slug);
      return found?.renamed ? words(found.label) : t(usual);
    },
    type: (record) => data?.record_types[record]?.label,
    ownTypes: types.flatMap(([record]) => (record.startsWith('x_') ? [record] : [])),
    groups: (record) => data?.record_types[record]?.groups ?? [],
    page: (record) => data?.record_types[record]?.page ?? [],
    reads: (record, slug) => !data?.closed?.[record]?.includes(slug),
    ready: data !== undefined,
  };
}

/** Labels of options and fields from the field list; a key stands in until it has arrived. The same object until
 *  the list changes, so that rows which hold it are not drawn again. */
export function useLabels(): Labels {
  const { data } = useSchema();
  return useMemo(() => labelsOf(data), [data]);
}
