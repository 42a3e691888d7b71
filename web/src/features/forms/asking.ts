import { useMemo } from 'react';
import type { Field, Option } from '@/api/types';
import type { Subject } from '@/components/list/kind';
import { words } from '@/lib/names';
import { type Labels, useLabels } from '@/lib/options';
import type { Draft } from './draft';
import { asField } from './kinds';
import { isOption } from './lists';

const asOptions = (items: Draft['lists'][string]['items']): Option[] =>
  items.filter(isOption).map(({ uid, key, zh, en, color, retired }) => ({
    key: key ?? uid,
    zh: zh || en,
    en: en || zh,
    color,
    facts: {},
    retired,
  }));

/** The words of the draft over those in force: fields under their uids, options that nobody has saved yet. */
function labelsOver(drafted: Draft['lists'], labels: Labels, fields: Field[]): Labels {
  const bySlug = new Map(fields.map((field) => [field.slug, field]));
  const lists = new Map(Object.entries(drafted).map(([name, list]) => [name, asOptions(list.items)]));
  const option: Labels['option'] = (set, key) => {
    const list = lists.get(set);
    return list ? list.find((one) => one.key === key) : labels.option(set, key);
  };
  return {
    ...labels,
    option,
    options: (set) => lists.get(set)?.filter((one) => !one.retired) ?? labels.options(set),
    label: (set, key) => {
      const found = key ? option(set, key) : undefined;
      return found ? words(found) : labels.label(set, key);
    },
    fields: () => fields,
    field: (_record, slug) => bySlug.get(slug),
  };
}

/** What conditions of this form may ask about: its fields as they stand in the draft, but for `itself`. */
export function useAsked(type: string, draft: Draft, itself: string | null): Subject {
  const labels = useLabels();
  const { fields, lists } = draft;
  return useMemo(() => {
    const asked = fields.filter((field) => !field.hidden && field.uid !== itself).map(asField);
    return { record: type, labels: labelsOver(lists, labels, asked) };
  }, [type, fields, lists, itself, labels]);
}
