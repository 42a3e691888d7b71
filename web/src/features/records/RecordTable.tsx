import { useNavigate } from 'react-router';
import type { OwnRow } from '@/api/records';
import { Grip } from '@/components/list/Grip';
import { headOf } from '@/components/list/kind';
import type { ListState } from '@/components/list/list-state';
import type { Look } from '@/components/list/look';
import { type OwnColumn, useColumns } from '@/components/list/own-columns';
import { SortHead } from '@/components/list/SortHead';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { columnsOf } from './kind';

/** The rows of a type as a grid: title first, then the columns one chooses; ticked rows are changed together. */
export function RecordTable({
  type,
  rows,
  state,
  look,
  set,
  chosen,
  choose,
}: {
  type: string;
  rows: OwnRow[];
  state: ListState;
  look: Look;
  set: (look: Look) => void;
  chosen: ReadonlySet<number>;
  choose: (ids: ReadonlySet<number>) => void;
}) {
  const labels = useLabels();
  const navigate = useNavigate();
  const all = useColumns<OwnColumn>(type, columnsOf(labels, type));
  const shown = look.columns.flatMap(({ key, width }) => {
    const column = all.find((one) => one.key === key);
    return column ? [{ ...column, px: width }] : [];
  });
  const lead = words(labels.field(type, 'name')?.label);
  const cols = ['44px', 'minmax(180px, 1.4fr)', ...shown.map(({ px, width }) => (px ? `${px}px` : width))];
  const resize = (key: string, width: number | null) =>
    set({ ...look, columns: look.columns.map((one) => (one.key === key ? { key, width } : one)) });
  const tick = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  const whole = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  return (
    <div
      className="list records own-records"
      role="grid"
      aria-label={words(labels.type(type))}
      data-density={look.density}
      data-picked={chosen.size > 0 || undefined}
      style={
        {
          '--cols': cols.join(' '),
          '--row': look.density === 'tight' ? '40px' : '56px',
        } as React.CSSProperties
      }
    >
      <div className="list-head" role="row">
        <span role="columnheader">
          <input
            type="checkbox"
            aria-label={t('own.tick_all')}
            checked={whole}
            onChange={() => choose(new Set(whole ? [] : rows.map((row) => row.id)))}
          />
        </span>
        <span role="columnheader">
          <SortHead label={lead} sort="name" state={state} />
        </span>
        {shown.map((column) => (
          <span
            role="columnheader"
            className={column.end ? 'head-cell cell-end' : 'head-cell'}
            key={column.key}
          >
            <SortHead label={headOf(column)} sort={column.sort} end={column.end} state={state} />
            <Grip name={headOf(column)} set={(px) => resize(column.key, px)} />
          </span>
        ))}
      </div>
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the link in it does the same by keyboard
        <div
          className="list-row"
          role="row"
          key={row.id}
          aria-selected={chosen.has(row.id)}
          onClick={(event) => {
            if ((event.target as HTMLElement).closest('a, input, label')) return;
            navigate(`/records/${type}/${row.id}`);
          }}
        >
          <span role="gridcell" className="list-cell">
            <label className="own-tick">
              <input
                type="checkbox"
                aria-label={t('own.tick', { name: row.name })}
                checked={chosen.has(row.id)}
                onChange={() => tick(row.id)}
              />
            </label>
          </span>
          <span role="gridcell" className="list-cell">
            <a
              className="cut block cell-name"
              href={`/records/${type}/${row.id}`}
              title={row.name}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                navigate(`/records/${type}/${row.id}`);
              }}
            >
              {row.name}
            </a>
          </span>
          {shown.map((column) => (
            <span
              role="gridcell"
              className={column.end ? 'list-cell cell-end' : 'list-cell'}
              key={column.key}
            >
              {column.cell(row, labels)}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
