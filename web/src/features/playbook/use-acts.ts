import { newKey } from '@/api/client';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { locale, t } from '@/locales';
import { addNode, duplicateNode, mainOf, moveNode, newNode, nodeOf, removeNode, stepNode } from './draft';
import { factsOf } from './said';
import type { Shaping } from './use-shaping';

const newNodeKey = () => `n_${newKey().slice(0, 8)}`;

/** A new node is named first of all. */
function nameIt(): void {
  requestAnimationFrame(() => {
    const name = document.querySelector<HTMLInputElement>('#pb-name');
    name?.focus();
    name?.select();
  });
}

/** Everything that can be done with the nodes, each one step that can be undone. */
export function useActs(shaping: Shaping) {
  const { draft, change, select, selected, latest, was } = shaping;
  const { nodes } = draft.document;
  const undo = { label: t('common.undo'), run: shaping.undoLast };
  const named = (name: string) => (locale() === 'zh-CN' ? { zh: name, en: '' } : { zh: '', en: name });

  const drop = (key: string, to: string | null): void => {
    const node = nodeOf(draft, key);
    if (!node) return;
    change(removeNode(draft, key, to));
    if (selected === key) select(null);
    say(t('playbook.gone', { name: words(node) }), 'ok', undo);
  };
  return {
    add: (): void => {
      const key = newNodeKey();
      change(addNode(draft, newNode(key, named(t('playbook.new_node'))), selected));
      select(key);
      nameIt();
    },
    copy: (key: string): void => {
      const node = nodeOf(draft, key);
      if (!node) return;
      const made = newNodeKey();
      change(duplicateNode(draft, key, made, named(t('playbook.copy_of', { name: words(node) }))));
      select(made);
      nameIt();
    },
    /** Where the customers of a node that was published could go; nobody stands in one that was not. */
    heirs: (key: string) =>
      was.document.nodes.some((one) => one.key === key)
        ? nodes.filter((one) => one.key !== key && !one.beside)
        : [],
    customersIn: (key: string): number => factsOf(latest, key)?.customers ?? 0,
    only: (key: string): boolean => mainOf(nodes).every((one) => one.key === key),
    remove: drop,
    step: (key: string, by: -1 | 1) => change(stepNode(draft, key, by)),
    /** Onto the place of another one: from the front behind it, from behind before it. */
    moveOnto: (key: string, target: string): void => {
      const main = mainOf(nodes).map((one) => one.key);
      const [from, to] = [main.indexOf(key), main.indexOf(target)];
      if (from < 0 || to < 0) return;
      change(moveNode(draft, key, from < to ? (main[to + 1] ?? null) : target));
    },
  };
}
export type Acts = ReturnType<typeof useActs>;
