import { useMemo } from 'react';
import { useSchema } from '@/api/queries';
import type { Field, Option, Schema } from '@/api/types';
import { words } from './names';

export interface Labels {
  /** The words for an option key, e.g. `label('channel', 'phone')` is 电话. */
  label: (set: string, key: string | null | undefined) => string;
  options: (set: string) => Option[];
  field: (record: string, slug: string) => Field | undefined;
  fields: (record: string) => Field[];
  /** May the reader see this field as it stands? What is no field of its own is not asked about. */
  reads: (record: string, slug: string) => boolean;
  ready: boolean;
}

function labelsOf(data: Schema | undefined): Labels {
  return {
    label: (set, key) => {
      if (!key) return '';
      const found = data?.options[set]?.find((option) => option.key === key);
      if (found) return words(found);
      return data ? key : '';
    },
    options: (set) => (data?.options[set] ?? []).filter((option) => !option.retired),
    field: (record, slug) => data?.record_types[record]?.fields.find((one) => one.slug === slug),
    fields: (record) => data?.record_types[record]?.fields ?? [],
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
