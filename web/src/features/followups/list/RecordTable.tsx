import { useNavigate } from 'react-router';
import type { FollowUpItem } from '@/api/types';
import { Grip } from '@/components/list/Grip';
import { headOf } from '@/components/list/kind';
import type { ListState } from '@/components/list/list-state';
import type { Look } from '@/components/list/look';
import { useColumns } from '@/components/list/own-columns';
import { SortHead } from '@/components/list/SortHead';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { COLUMNS, type Column } from './columns';

/** The records of the desktop as a grid whose columns one chooses. */
export function RecordTable({
  rows,
  state,
  look,
  set,
}: {
  rows: FollowUpItem[];
  state: ListState;
  look: Look;
  set: (look: Look) => void;
}) {
  const labels = useLabels();
  const navigate = useNavigate();
  const all = useColumns<Column>('followup', COLUMNS);
  const shown = look.columns.flatMap(({ key, width }) => {
    const column = all.find((one) => one.key === key);
    return column ? [{ ...column, px: width }] : [];
  });
  const cols = ['minmax(180px, 1fr)', ...shown.map(({ px, width }) => (px ? `${px}px` : width))].join(' ');
  const resize = (key: string, width: number | null) =>
    set({ ...look, columns: look.columns.map((one) => (one.key === key ? { key, width } : one)) });
  return (
    <div
      className="list records"
      role="grid"
      aria-label={t('records.title')}
      data-density={look.density}
      style={{ '--cols': cols, '--row': look.density === 'tight' ? '40px' : '56px' } as React.CSSProperties}
    >
      <div className="list-head" role="row">
        <span role="columnheader">{t('customers.col_customer')}</span>
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
          onClick={(event) => {
            if ((event.target as HTMLElement).closest('a')) return;
            navigate(`/followups/${row.id}`);
          }}
        >
          <span role="gridcell" className="list-cell">
            <a
              className="cut block cell-name"
              href={`/followups/${row.id}`}
              title={row.customer.name}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                navigate(`/followups/${row.id}`);
              }}
            >
              {shortFirm(row.customer.name)}
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
