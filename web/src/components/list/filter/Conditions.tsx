import { Plus, X } from 'lucide-react';
import { Fragment, lazy, type ReactNode, Suspense, useState } from 'react';
import { Sheet } from '@/components/Sheet';
import type { Node } from '@/lib/filter';
import { rowOf } from '@/lib/filter-rows';
import { chipOf, sentenceOfNode } from '@/lib/filter-words';
import { t } from '@/locales';
import { useNaming } from './use-naming';
import '../filter-bar.css';

const FilterEditor = lazy(async () => ({ default: (await import('./FilterEditor')).FilterEditor }));
const Builder = lazy(async () => ({ default: (await import('./Builder')).Builder }));

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
      title={said ? `${said.name} ${said.value}` : name}
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
export function Conditions({
  nodes,
  set,
  most = Number.POSITIVE_INFINITY,
  joint = null,
  title,
  nothing,
  said,
}: {
  nodes: readonly Node[];
  set: (next: Node[]) => void;
  /** So many conditions are a sentence; the next one is made in the builder. */
  most?: number;
  /** What stands between two chips. */
  joint?: ReactNode;
  /** For the builder: its name, what no condition means, what can be told of them. */
  title?: string;
  nothing?: string;
  said?: (node: Node | null) => ReactNode;
}) {
  const [adding, setAdding] = useState(false);
  const [building, setBuilding] = useState(false);
  const build = () => {
    setAdding(false);
    setBuilding(true);
  };
  const add = (
    <button
      type="button"
      className="plain filter-chip-add"
      onClick={nodes.length >= most ? build : undefined}
    >
      <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
      {t('customers.condition')}
    </button>
  );
  return (
    <>
      {nodes.map((node, index) => (
        <Fragment key={JSON.stringify(node)}>
          {index ? joint : null}
          <Chip
            node={node}
            change={(next) => set(nodes.map((one, at) => (at === index ? next : one)))}
            remove={() => set(nodes.filter((_, at) => at !== index))}
            build={build}
          />
        </Fragment>
      ))}
      {nodes.length >= most ? (
        add
      ) : (
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
          {add}
        </Sheet>
      )}
      <Suspense fallback={null}>
        {building ? (
          <Builder
            nodes={nodes}
            title={title}
            nothing={nothing}
            said={said}
            apply={set}
            close={() => setBuilding(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
