import { SlidersHorizontal } from 'lucide-react';
import { lazy, type ReactNode, type RefObject, Suspense, useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { ExportMenu } from './ExportMenu';
import { FilterBar } from './FilterBar';
import { useKind } from './kind';
import type { ListState } from './list-state';
import type { Look } from './look';
import type { Act } from './Menu';
import { MoreMenu } from './MoreMenu';
import { SearchBox } from './SearchBox';
import { Views } from './Views';
import { ViewBar } from './views/ViewBar';
import './list.css';
import './filter-bar.css';

const ColumnSettings = lazy(async () => ({ default: (await import('./ColumnSettings')).ColumnSettings }));

function Columns({ look, set }: { look: Look; set: (look: Look) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      title={t('customers.columns')}
      open={open}
      setOpen={setOpen}
      content={
        <Suspense fallback={<div className="column-settings" />}>
          <ColumnSettings look={look} set={set} />
        </Suspense>
      }
    >
      <button
        type="button"
        className="icon-act"
        aria-label={t('customers.columns')}
        title={t('customers.columns')}
      >
        <SlidersHorizontal size={16} strokeWidth={1.6} />
      </button>
    </Sheet>
  );
}

/** Over a list: its tabs, the conditions, what of a view was changed, how many rows, search, export and columns. */
export function ListTools({
  state,
  look,
  set,
  again,
  total,
  input,
  before,
  after,
  more = [],
  columns = true,
}: {
  state: ListState;
  look: Look;
  set: (look: Look) => void;
  again: () => void;
  total: ReactNode;
  input: RefObject<HTMLInputElement | null>;
  /** Beside the search, on wide windows. */
  before?: ReactNode;
  after?: ReactNode;
  /** What the list has besides for its menu of rare acts. */
  more?: readonly Act[];
  columns?: boolean;
}) {
  const phone = usePhone();
  const kind = useKind();
  return (
    <>
      <Views state={state} look={look} />
      <div className="list-tools">
        <FilterBar state={state} />
        <ViewBar state={state} look={look} again={again} />
        <span className="list-acts">
          <span className="second list-total">{total}</span>
          <SearchBox state={state} input={input} />
          {phone ? null : (
            <>
              {before}
              <ExportMenu state={state} />
              {columns && kind.columns.length ? <Columns look={look} set={set} /> : null}
            </>
          )}
          {after}
        </span>
        <MoreMenu state={state} acts={more} />
      </div>
    </>
  );
}

/** How many rows there are, in the words of the list. */
export function useTotal(page: { total: number | null; total_capped: boolean } | undefined): ReactNode {
  const { words } = useKind();
  if (!page || page.total === null) return null;
  return t(page.total_capped ? words.total_capped : words.total, { n: page.total });
}
