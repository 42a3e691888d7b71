import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListState } from './list-state';

/** The head of a column, which sorts by it where that is possible; pressed once more it turns the order round. */
export function SortHead({
  label,
  sort,
  state,
  end,
}: {
  label: ReactNode;
  sort: string | undefined;
  state: ListState;
  end?: boolean;
}) {
  if (!sort || !state.sorts.includes(sort))
    return <span className={end ? 'cell-end' : undefined}>{label}</span>;
  const back = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
  const on = state.sort === sort || state.sort === back;
  const Arrow = state.sort.startsWith('-') ? ArrowDown : ArrowUp;
  // Only where the list knows the other order too.
  const next = state.sort === sort && state.sorts.includes(back) ? back : sort;
  return (
    <button
      type="button"
      className={`plain head-sort ${end ? 'cell-end' : ''}`}
      data-on={on}
      onClick={() => state.set({ sort: next })}
    >
      {label}
      {on ? <Arrow size={13} strokeWidth={1.6} aria-hidden="true" /> : null}
    </button>
  );
}
