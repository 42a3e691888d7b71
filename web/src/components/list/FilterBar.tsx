import type { Node } from '@/lib/filter';
import { t } from '@/locales';
import { Conditions } from './filter/Conditions';
import { useCount } from './filter/use-count';
import type { ListState } from './list-state';

function Count({ view, q, node }: { view: string; q: string; node: Node | null }) {
  return useCount(view, q, node);
}

/** The conditions of the list, with how many rows meet them while they are put together. */
export function FilterBar({ state }: { state: ListState }) {
  const { nodes, q } = state;
  const view = state.saved ? state.saved.base : state.view;
  const set = (next: Node[]) => state.set({ nodes: next });
  return (
    <div className="filter-chips">
      <Conditions nodes={nodes} set={set} said={(node) => <Count view={view} q={q} node={node} />} />
      {nodes.length > 1 ? (
        <button type="button" className="plain filter-chip-add faint" onClick={() => set([])}>
          {t('customers.filter_clear')}
        </button>
      ) : null}
    </div>
  );
}
