import { lazy, Suspense, useMemo } from 'react';
import type { Field, FieldType, WithOwn } from '@/api/types';
import { useMe } from '@/app/session';
import { type Labels, useLabels } from '@/lib/options';
import { isOpen, isOwn } from '@/lib/own';
import type { ListColumn } from './kind';

// Most teams' lists never need it: it comes with the first such column.
const Value = lazy(async () => ({ default: (await import('../Value')).Value }));

/** A column of a field that the team has added, for a list of any record type. */
export interface OwnColumn extends ListColumn {
  width: string;
  sort?: string;
  end?: boolean;
  cell: (row: WithOwn, labels: Labels) => React.ReactNode;
}

const FIGURES: readonly FieldType[] = ['number', 'percent', 'money', 'money_range', 'rating'];
const WIDTHS: Partial<Record<FieldType, string>> = {
  longtext: 'minmax(180px, 1fr)',
  rich: 'minmax(180px, 1fr)',
  text: 'minmax(120px, 0.6fr)',
  options: '168px',
  tags: '140px',
  url: '156px',
  email: '168px',
  datetime: '132px',
  money_range: '136px',
  bool: '72px',
  rating: '72px',
  address: 'minmax(150px, 0.8fr)',
  percent: '80px',
};

export function ownColumn(field: Field): OwnColumn {
  const slug = field.slug as keyof WithOwn;
  return {
    key: field.slug,
    label: field.label,
    width: WIDTHS[field.type] ?? '112px',
    sort: field.sort ? field.slug : undefined,
    end: FIGURES.includes(field.type),
    edit: isOpen(field),
    cell: (row, labels) => (
      <span className="cut block">
        <Suspense fallback={null}>
          <Value field={field} value={row[slug]} labels={labels} />
        </Suspense>
      </span>
    ),
  };
}

/** Every column of a list that the reader may see: those of the code and the team's own. A field that his roles
 *  close would look blank, as if nothing had ever been there. */
export function useColumns<C extends ListColumn>(record: string, coded: readonly C[]): (C | OwnColumn)[] {
  const labels = useLabels();
  const { verbs } = useMe();
  return useMemo(() => {
    const known = (column: C): C => {
      const field = labels.field(record, column.key);
      const edit = Boolean(column.edit && !field?.mark && (!column.verb || verbs.includes(column.verb)));
      return field?.renamed || edit !== Boolean(column.edit)
        ? { ...column, edit, label: field?.renamed ? field.label : column.label }
        : column;
    };
    const open = coded.filter((column) => labels.reads(record, column.tells ?? column.key)).map(known);
    const own = labels.fields(record).filter((field) => isOwn(field.slug) && field.list);
    return [...open, ...own.map(ownColumn)];
  }, [labels, record, coded, verbs]);
}
