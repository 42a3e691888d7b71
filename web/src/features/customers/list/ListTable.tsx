import { type RefObject, useEffect, useMemo } from 'react';
import type { Density } from '@/api/types';
import { useCan } from '@/app/session';
import { Grip } from '@/components/list/Grip';
import { headOf } from '@/components/list/kind';
import type { ListState } from '@/components/list/list-state';
import type { Look } from '@/components/list/look';
import { useColumns } from '@/components/list/own-columns';
import { SortHead } from '@/components/list/SortHead';
import { useMedia } from '@/lib/media';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { COLUMNS, type Column, columnsOf, type ShownColumn } from './columns';
import { Row, RowBlank } from './Row';
import type { Rows } from './rows';
import type { ListKeys } from './use-list-keys';
import { MOST_CHOSEN, type Selection } from './use-selection';
import { useDrawn, useWindow } from './window';

export const HEAD = 36;
export const heightOf = (density: Density): number => (density === 'tight' ? 40 : 56);

/** Columns that fit the window: narrow windows lose the owner first, then the rhythm. */
export function useFitting(look: Look): ShownColumn[] {
  const below992 = useMedia('(max-width: 991px)');
  const below900 = useMedia('(max-width: 899px)');
  const all = useColumns<Column>('customer', COLUMNS);
  return useMemo(
    () =>
      columnsOf(all, look.columns).filter(
        (column) => !(below992 && column.from === 992) && !(below900 && column.from === 900),
      ),
    [all, look.columns, below992, below900],
  );
}

/** The list of the desktop: a light grid of which only the rows in sight are drawn. */
export function ListTable({
  rows,
  columns,
  density,
  state,
  selection,
  keys,
  box,
  resize,
}: {
  rows: Rows;
  columns: ShownColumn[];
  density: Density;
  state: ListState;
  selection: Selection;
  keys: ListKeys;
  box: RefObject<HTMLElement | null>;
  /** A column was given another width; null for its own. */
  resize: (key: string, px: number | null) => void;
}) {
  const labels = useLabels();
  const classes = useCan('customer.class') && !labels.field('customer', 'intent_class')?.mark;
  const narrow = useMedia('(max-width: 991px)');
  const height = heightOf(density);
  const { first, last } = useWindow(box, rows.count, height, HEAD);
  const { look } = rows;
  useEffect(() => look(first, last), [look, first, last]);
  const widths = columns.map((column) => {
    if (column.px) return `${column.px}px`;
    const roomy = (narrow && column.narrow) || column.width;
    return density === 'tight' ? (column.tight ?? roomy) : roomy;
  });
  const template = `${narrow ? '36px minmax(150px, 1.1fr)' : '44px minmax(220px, 1.25fr)'} ${widths.join(' ')}`;
  const every = selection.ids.size > 0 && selection.ids.size >= Math.min(rows.count, MOST_CHOSEN);
  const mayDraw = useDrawn(rows.count);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  return (
    <div
      className="list"
      role="grid"
      aria-label={t('customers.title')}
      aria-busy={rows.stale}
      aria-rowcount={rows.more ? -1 : rows.count + 1}
      data-picked={selection.ids.size > 0}
      data-density={density}
      style={{ '--cols': template, '--row': `${height}px` } as React.CSSProperties}
    >
      <div className="list-head" role="row" aria-rowindex={1}>
        <span role="columnheader" className="list-tick-cell">
          <label className="list-tick">
            <input
              type="checkbox"
              checked={every}
              ref={(node) => {
                if (node) node.indeterminate = !every && selection.ids.size > 0;
              }}
              onChange={() => selection.all(every ? [] : rows.loaded())}
              aria-label={t('customers.select_all')}
            />
          </label>
        </span>
        <span role="columnheader" className="cell-lead">
          <SortHead label={t('customers.col_customer')} sort="name" state={state} />
        </span>
        {columns.map((column) => (
          <span
            role="columnheader"
            className={column.end ? 'head-cell cell-end' : 'head-cell'}
            key={column.key}
          >
            <SortHead
              state={state}
              sort={column.sort}
              end={column.end}
              label={
                column.key === 'rhythm' ? (
                  <span className="head-rhythm">
                    {headOf(column)} <span>{t('customers.col_today')}</span>
                  </span>
                ) : (
                  headOf(column)
                )
              }
            />
            <Grip name={headOf(column)} set={(px) => resize(column.key, px)} />
          </span>
        ))}
      </div>
      <div className="list-rows" role="rowgroup" style={{ height: rows.count * height }}>
        <div style={{ transform: `translateY(${first * height}px)` }}>
          {shown.map((index) => {
            const row = rows.at(index);
            return row && mayDraw(index, row.id) ? (
              <Row
                key={row.id}
                row={row}
                index={index}
                columns={columns}
                labels={labels}
                ticked={selection.ids.has(row.id)}
                current={keys.current === index}
                classes={classes}
                editing={keys.editing?.id === row.id ? keys.editing.slug : null}
                acts={keys.acts}
              />
            ) : (
              <RowBlank key={`blank-${index}`} />
            );
          })}
        </div>
      </div>
    </div>
  );
}
