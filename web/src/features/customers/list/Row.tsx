import { lazy, memo, type ReactNode, Suspense, useRef } from 'react';
import type { CustomerRow, Id } from '@/api/types';
import { ClassBadge } from '@/components/ClassBadge';
import { shortFirm } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { t } from '@/locales';
import type { Column } from './columns';

const CellEditor = lazy(async () => ({ default: (await import('./CellEditor')).CellEditor }));
/** A second press within this time means changing, not opening. */
const DOUBLE_MS = 220;

export interface RowActs {
  tick: (index: number, range: boolean) => void;
  open: (id: number) => void;
  edit: (index: number, slug: string | null) => void;
  /** Done with a cell: on to the next one to the right or left, or out. */
  leave: (id: Id, slug: string, step: -1 | 0 | 1) => void;
}

/** One customer of the list. */
export const Row = memo(function Row({
  row,
  index,
  columns,
  labels,
  ticked,
  current,
  editing,
  classes,
  acts,
}: {
  row: CustomerRow;
  index: number;
  columns: Column[];
  labels: Labels;
  ticked: boolean;
  current: boolean;
  /** The field whose cell is being changed. */
  editing: string | null;
  /** The mark of the class can be changed where it stands. */
  classes: boolean;
  acts: RowActs;
}) {
  const { reads } = labels;
  const place = [
    reads('customer', 'industry') && labels.label('industry', row.industry),
    reads('customer', 'region') && row.region,
  ];
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const able = (key: string | undefined) =>
    row.editable &&
    ((classes && key === 'intent_class') || columns.some((column) => column.edit && column.key === key))
      ? (key as string)
      : null;
  const inName = editing === 'intent_class' && !columns.some((column) => column.key === editing);
  const editor = (slug: string, instead: ReactNode) => (
    <Suspense fallback={instead}>
      <CellEditor row={row} slug={slug} leave={(step) => acts.leave(row.id, slug, step)} />
    </Suspense>
  );
  const badge = <ClassBadge value={row.intent_class} />;
  const keyOf = (target: EventTarget) =>
    (target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset.key;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list does the same by keyboard
    <div
      className="list-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked}
      data-current={current}
      id={`customer-${row.id}`}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest('input, select, a, label, .cell-edit')) return;
        clearTimeout(waiting.current);
        if (able(keyOf(event.target))) waiting.current = setTimeout(() => acts.open(row.id), DOUBLE_MS);
        else acts.open(row.id);
      }}
      onDoubleClick={(event) => {
        clearTimeout(waiting.current);
        const slug = able(keyOf(event.target));
        if (slug) acts.edit(index, slug);
      }}
    >
      <span role="gridcell" className="list-tick-cell">
        <label className="list-tick">
          <input
            type="checkbox"
            checked={ticked}
            onChange={(event) => acts.tick(index, (event.nativeEvent as MouseEvent).shiftKey)}
            aria-label={t('customers.select_one', { name: row.name })}
          />
        </label>
      </span>
      <span className="cell-two cell-lead" role="gridcell">
        <span className="cell-firm">
          <a
            className="cut cell-name"
            href={`/customers/${row.id}`}
            title={row.name}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              acts.open(row.id);
            }}
          >
            {shortFirm(row.name)}
          </a>
          {inName ? (
            editor('intent_class', badge)
          ) : (
            <span data-key="intent_class" data-able={able('intent_class') ? true : undefined}>
              {badge}
            </span>
          )}
        </span>
        <span className="cell-second cut">{place.filter(Boolean).join(' · ')}</span>
      </span>
      {columns.map((column) => (
        <span
          role="gridcell"
          className={column.end ? 'list-cell cell-end' : 'list-cell'}
          data-key={column.key}
          data-able={able(column.key) ? true : undefined}
          key={column.key}
        >
          {editing !== column.key || column.dialog ? column.cell(row, labels) : null}
          {editing === column.key
            ? editor(column.key, column.dialog ? null : column.cell(row, labels))
            : null}
        </span>
      ))}
    </div>
  );
});

/** The place of a row that is still on its way. */
export function RowBlank() {
  return (
    <div className="list-row list-blank" role="row" aria-hidden="true">
      <span />
      <span className="bar" style={{ width: '62%', height: 12 }} />
      <span className="bar" style={{ width: '48%', height: 12 }} />
    </div>
  );
}
