import { useSchema } from '@/api/queries';
import type { Field, Option } from '@/api/types';
import { words } from './names';

export interface Labels {
  /** The words for an option key, e.g. `label('channel', 'phone')` is 电话. */
  label: (set: string, key: string | null | undefined) => string;
  options: (set: string) => Option[];
  field: (record: string, slug: string) => Field | undefined;
  fields: (record: string) => Field[];
  ready: boolean;
}

/** Labels of options and fields from the field list; a key stands in until it has arrived. */
export function useLabels(): Labels {
  const { data } = useSchema();
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
    ready: data !== undefined,
  };
}
