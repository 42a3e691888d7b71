import { useMemo } from 'react';
import { keysOf, pathOf } from '@/api/records';
import type { Field } from '@/api/types';
import type { ListColumn, ListKind } from '@/components/list/kind';
import { plain } from '@/components/list/look';
import { type OwnColumn, ownColumn } from '@/components/list/own-columns';
import { type Labels, useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';

const WIDTHS: Record<string, string> = {
  number: '72px',
  state: '112px',
  customer: 'minmax(140px, 1fr)',
  owner: '104px',
};
const SORTS: Record<string, string> = {
  number: '-number',
  created_at: '-created',
  updated_at: '-updated',
  state_at: 'state_at',
};
const SHOWN = ['number', 'state', 'customer', 'owner'];
/** So many fields of the team stand in the list until somebody chooses. */
const OWN = 3;

/** A column of a field that every own type has. */
function column(field: Field): OwnColumn {
  const own = ownColumn(field);
  return {
    ...own,
    width: WIDTHS[field.slug] ?? own.width,
    sort: SORTS[field.slug],
    end: field.slug === 'number',
    edit: false,
  };
}

/** The columns of a type without the title, which always leads. */
export const columnsOf = (labels: Labels, type: string): OwnColumn[] =>
  labels
    .fields(type)
    .filter((field) => field.list && field.slug !== 'name' && !isOwn(field.slug))
    .map(column);

/** The list of a type as every list screen takes it. */
export function useRecordKind(type: string): ListKind {
  const labels = useLabels();
  return useMemo(() => {
    const columns: ListColumn[] = columnsOf(labels, type);
    const keys = columns.map((one) => one.key);
    const own = labels
      .fields(type)
      .filter((field) => isOwn(field.slug))
      .map((field) => field.slug);
    return {
      record: type,
      path: pathOf(type),
      sorts: {
        '-created': 'own.sort_newest',
        number: 'own.sort_number',
        '-number': 'own.sort_number_down',
        '-updated': 'own.sort_updated',
        state_at: 'own.sort_state',
        name: 'own.sort_name',
      },
      first: () => 'open',
      whole: ['all'],
      boards: ['state'],
      dates: labels
        .fields(type)
        .filter((field) => field.filter && (field.type === 'date' || field.type === 'datetime'))
        .map((field) => field.slug)
        // The days of the team's own come first.
        .toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one))),
      columns,
      look: {
        columns: [...SHOWN.filter((key) => keys.includes(key)), ...own.slice(0, OWN)].map(plain),
        density: 'roomy',
      },
      words: {
        total: 'own.total',
        total_capped: 'own.total_capped',
        count: 'own.count',
        count_capped: 'own.count_capped',
        first: 'own.order_hint',
      },
      keys: keysOf(type),
    };
  }, [labels, type]);
}
