import { useNavigate } from 'react-router';
import type { DealRow } from '@/api/deals';
import { Grip } from '@/components/list/Grip';
import { headOf } from '@/components/list/kind';
import type { ListState } from '@/components/list/list-state';
import type { Look } from '@/components/list/look';
import { useColumns } from '@/components/list/own-columns';
import { SortHead } from '@/components/list/SortHead';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { DEAL_LIST, type DealColumnOf } from './columns';

/** The deals of the desktop as a grid: title first, then the columns one chooses. */
export function DealTable({
  rows,
  state,
  look,
  set,
}: {
  rows: DealRow[];
  state: ListState;
  look: Look;
  set: (look: Look) => void;
}) {
  const labels = useLabels();
  const navigate = useNavigate();
  const all = useColumns<DealColumnOf>('deal', DEAL_LIST.columns);
  const shown = look.columns.flatMap(({ key, width }) => {
    const column = all.find((one) => one.key === key);
    return column ? [{ ...column, px: width }] : [];
  });
  const cols = ['minmax(180px, 1.4fr)', ...shown.map(({ px, width }) => (px ? `${px}px` : width))].join(' ');
  const resize = (key: string, width: number | null) =>
    set({ ...look, columns: look.columns.map((one) => (one.key === key ? { key, width } : one)) });
  return (
    <div
      className="list deal-table"
      role="grid"
      aria-label={t('deals.title')}
      data-density={look.density}
      style={{ '--cols': cols, '--row': look.density === 'tight' ? '40px' : '56px' } as React.CSSProperties}
    >
      <div className="list-head" role="row">
        <span role="columnheader">{t('deals.deal')}</span>
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
            navigate(`/deals/${row.id}`);
          }}
        >
          <span role="gridcell" className="list-cell">
            <a
              className="cut block cell-name"
              href={`/deals/${row.id}`}
              title={row.title}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                navigate(`/deals/${row.id}`);
              }}
            >
              {row.title}
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
