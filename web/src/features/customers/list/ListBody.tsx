import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorState, OfflineBar } from '@/components/ErrorState';
import type { ListState } from '@/components/list/list-state';
import type { Look } from '@/components/list/look';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatClock } from '@/lib/time';
import { t } from '@/locales';
import { BatchBar } from './BatchBar';
import { ListCards } from './ListCards';
import { heightOf, ListTable, useFitting } from './ListTable';
import { type Rows, useRows } from './rows';
import { useListKeys } from './use-list-keys';
import { useSelection } from './use-selection';

/** The scrolling part of the list: rows or cards, and what stands there instead of them. */
export function ListBody({
  state,
  look,
  setLook,
  total,
  search,
  empty,
}: {
  state: ListState;
  look: Look;
  setLook: (look: Look) => void;
  total: (words: ReactNode) => void;
  search: () => void;
  empty: ReactNode;
}) {
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const rows = useRows(state.query);
  const columns = useFitting(look);
  const selection = useSelection(rows);
  const keys = useListKeys({ rows, columns, selection, box, height: heightOf(look.density), search });
  const there = rows.count > 0 && !rows.error;
  const asked = JSON.stringify(state.query);
  // Another list begins at its top, with nothing chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for is what matters
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
    selection.clear();
  }, [asked]);
  useTotal(rows, total);
  return (
    <>
      <div className="list-scroll" ref={box}>
        {rows.trouble ? (
          <OfflineBar failure={rows.trouble.failure} retry={rows.refetch}>
            {rows.trouble.further
              ? t('customers.further_failed')
              : t('common.offline_list', { time: formatClock(new Date(rows.updatedAt)) })}
          </OfflineBar>
        ) : null}
        {rows.pending ? <SkeletonRows rows={10} height={56} /> : null}
        {rows.error ? <ErrorState failure={rows.error} retry={rows.refetch} /> : null}
        {!rows.pending && !rows.error && rows.count === 0 ? empty : null}
        {there && phone ? <ListCards rows={rows} columns={columns} box={box} /> : null}
        {there && !phone ? (
          <ListTable
            rows={rows}
            columns={columns}
            density={look.density}
            state={state}
            selection={selection}
            keys={keys}
            box={box}
            resize={(key, width) =>
              setLook({
                ...look,
                columns: look.columns.map((one) => (one.key === key ? { key, width } : one)),
              })
            }
          />
        ) : null}
      </div>
      {phone ? null : <BatchBar selection={selection} rows={rows} state={state} />}
    </>
  );
}

function useTotal(rows: Rows, total: (words: ReactNode) => void) {
  const n = rows.total;
  const { capped } = rows;
  const tell = useRef(total);
  tell.current = total;
  useEffect(() => {
    tell.current(n === null ? null : t(capped ? 'customers.total_capped' : 'customers.total', { n }));
  }, [n, capped]);
}
