import { Plus, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Sheet } from '@/components/Sheet';
import type { Node } from '@/lib/filter';
import { rowOf } from '@/lib/filter-rows';
import { chipOf, sentenceOfNode } from '@/lib/filter-words';
import { t } from '@/locales';
import { useNaming } from './filter/use-naming';
import type { ListState } from './list-state';

const FilterEditor = lazy(async () => ({ default: (await import('./filter/FilterEditor')).FilterEditor }));
const Builder = lazy(async () => ({ default: (await import('./filter/Builder')).Builder }));

function Chip({
  node,
  change,
  remove,
  build,
}: {
  node: Node;
  change: (next: Node) => void;
  remove: () => void;
  build: () => void;
}) {
  const [open, setOpen] = useState(false);
  const naming = useNaming([node]);
  const row = rowOf(node);
  const said = chipOf(node, naming);
  const name = said?.name ?? sentenceOfNode(node, naming);
  const button = (
    <button
      type="button"
      className="plain filter-chip-main"
      onClick={row ? undefined : build}
      title={said ? undefined : name}
    >
      {said ? (
        <>
          <span className="filter-chip-name">{said.name}</span> <b>{said.value}</b>
        </>
      ) : (
        <b>{name}</b>
      )}
    </button>
  );
  return (
    <span className="filter-chip">
      {row ? (
        <Sheet
          title={name}
          open={open}
          setOpen={setOpen}
          content={
            <Suspense fallback={<div className="filter-editor" />}>
              <FilterEditor
                first={row}
                apply={(next) => {
                  setOpen(false);
                  change(next);
                }}
              />
            </Suspense>
          }
        >
          {button}
        </Sheet>
      ) : (
        button
      )}
      <button
        type="button"
        className="plain filter-chip-x"
        aria-label={t('customers.filter_remove', { name })}
        onClick={remove}
      >
        <X size={13} strokeWidth={1.6} />
      </button>
    </span>
  );
}

/** Conditions as chips that read as a sentence, a button for one more, and the builder for groups. */
export function FilterBar({ state }: { state: ListState }) {
  const { nodes } = state;
  const [adding, setAdding] = useState(false);
  const [building, setBuilding] = useState(false);
  const set = (next: Node[]) => state.set({ nodes: next });
  const build = () => {
    setAdding(false);
    setBuilding(true);
  };
  return (
    <div className="filter-chips">
      {nodes.map((node, index) => (
        <Chip
          key={JSON.stringify(node)}
          node={node}
          change={(next) => set(nodes.map((one, at) => (at === index ? next : one)))}
          remove={() => set(nodes.filter((_, at) => at !== index))}
          build={build}
        />
      ))}
      <Sheet
        title={t('customers.condition')}
        open={adding}
        setOpen={setAdding}
        content={
          <Suspense fallback={<div className="filter-editor" />}>
            <FilterEditor
              build={build}
              apply={(next) => {
                setAdding(false);
                set([...nodes, next]);
              }}
            />
          </Suspense>
        }
      >
        <button type="button" className="plain filter-chip-add">
          <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('customers.condition')}
        </button>
      </Sheet>
      {nodes.length > 1 ? (
        <button type="button" className="plain filter-chip-add faint" onClick={() => set([])}>
          {t('customers.filter_clear')}
        </button>
      ) : null}
      <Suspense fallback={null}>
        {building ? (
          <Builder
            nodes={nodes}
            view={state.saved ? state.saved.base : state.view}
            q={state.q}
            apply={set}
            close={() => setBuilding(false)}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
