import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerRow } from '@/api/types';
import { ClassBadge } from '@/components/ClassBadge';
import { useMedia } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { type Labels, useLabels } from '@/lib/options';
import { t } from '@/locales';
import type { Column } from './columns';
import type { ListState, Sort } from './list-state';

export interface Selection {
  ids: ReadonlySet<number>;
  toggle: (id: number) => void;
  all: (on: boolean) => void;
}

function Head({
  label,
  sort,
  state,
  end,
}: {
  label: ReactNode;
  sort?: Sort;
  state: ListState;
  end?: boolean;
}) {
  const on = sort !== undefined && state.sort === sort;
  const Arrow = sort?.startsWith('-') ? ArrowDown : ArrowUp;
  if (!sort) return <span className={end ? 'cell-end' : undefined}>{label}</span>;
  return (
    <button
      type="button"
      className={`plain head-sort ${end ? 'cell-end' : ''}`}
      data-on={on}
      onClick={() => state.set({ sort })}
    >
      {label}
      {on ? <Arrow size={13} strokeWidth={1.6} aria-hidden="true" /> : null}
    </button>
  );
}

const Row = memo(function Row({
  row,
  columns,
  labels,
  ticked,
  current,
  toggle,
  open,
}: {
  row: CustomerRow;
  columns: Column[];
  labels: Labels;
  ticked: boolean;
  current: boolean;
  toggle: (id: number) => void;
  open: (id: number) => void;
}) {
  const place = [labels.label('industry', row.industry), row.region].filter(Boolean).join(' · ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row does the same by keyboard
    <div
      className="list-row"
      role="row"
      aria-selected={ticked}
      data-current={current}
      id={`customer-${row.id}`}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('input, a, label')) open(row.id);
      }}
    >
      <label className="list-tick" role="cell">
        <input
          type="checkbox"
          checked={ticked}
          onChange={() => toggle(row.id)}
          aria-label={t('customers.select_one', { name: row.name })}
        />
      </label>
      <span className="cell-two" role="cell">
        <span className="cell-firm">
          <a
            className="cut cell-name"
            href={`/customers/${row.id}`}
            title={row.name}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              open(row.id);
            }}
          >
            {shortFirm(row.name)}
          </a>
          <ClassBadge value={row.intent_class} />
        </span>
        <span className="cell-second cut">{place}</span>
      </span>
      {columns.map((column) => (
        <span role="cell" className={column.end ? 'list-cell cell-end' : 'list-cell'} key={column.key}>
          {column.cell(row, labels)}
        </span>
      ))}
    </div>
  );
});

/** Columns that fit the window: narrow windows lose the owner first, then the rhythm. */
export function useFitting(columns: Column[]): Column[] {
  const below992 = useMedia('(max-width: 991px)');
  const below900 = useMedia('(max-width: 899px)');
  return columns.filter((column) => !(below992 && column.from === 992) && !(below900 && column.from === 900));
}

/** The list of the desktop: a light grid, not a table widget. */
export function ListTable({
  rows,
  columns,
  state,
  selection,
  current,
  fading,
}: {
  rows: CustomerRow[];
  columns: Column[];
  state: ListState;
  selection: Selection;
  current: number | null;
  fading: boolean;
}) {
  const labels = useLabels();
  const navigate = useNavigate();
  const narrow = useMedia('(max-width: 991px)');
  const widths = columns.map((column) => (narrow ? (column.narrow ?? column.width) : column.width));
  const template = `${narrow ? '36px minmax(150px, 1.1fr)' : '44px minmax(220px, 1.25fr)'} ${widths.join(' ')}`;
  const every = rows.length > 0 && rows.every((row) => selection.ids.has(row.id));
  const some = !every && rows.some((row) => selection.ids.has(row.id));
  return (
    <div
      className="list"
      role="table"
      aria-label={t('customers.title')}
      aria-busy={fading}
      data-picked={selection.ids.size > 0}
      style={{ '--cols': template } as React.CSSProperties}
    >
      <div className="list-head" role="row">
        <label className="list-tick">
          <input
            type="checkbox"
            checked={every}
            ref={(box) => {
              if (box) box.indeterminate = some;
            }}
            onChange={() => selection.all(!every)}
            aria-label={t('customers.select_all')}
          />
        </label>
        <Head label={t('customers.col_customer')} sort="name" state={state} />
        {columns.map((column) => (
          <Head
            key={column.key}
            state={state}
            sort={column.sort}
            end={column.end}
            label={
              column.key === 'rhythm' ? (
                <span className="head-rhythm">
                  {t(column.label)} <span>{t('customers.col_today')}</span>
                </span>
              ) : (
                t(column.label)
              )
            }
          />
        ))}
      </div>
      {rows.map((row) => (
        <Row
          key={row.id}
          row={row}
          columns={columns}
          labels={labels}
          ticked={selection.ids.has(row.id)}
          current={current === row.id}
          toggle={selection.toggle}
          open={(id) => navigate(`/customers/${id}`)}
        />
      ))}
    </div>
  );
}
