import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { mainOf } from './draft';
import { LimitChip, ladderSaid } from './NodeCard';
import { factsOf, gateSaid, ownerSaid } from './said';
import type { Shaping } from './use-shaping';

const HEADS = ['node', 'action', 'output', 'owner', 'limit', 'ladder', 'gate', 'here'] as const;

/** Every node as a row: what the map tells, to be read across. */
export function TableView({ shaping }: { shaping: Shaping }) {
  const { draft, latest, selected, select } = shaping;
  const { nodes } = draft.document;
  const labels = useLabels();
  const numbers = new Map(mainOf(nodes).map((one, at) => [one.key, at + 1]));
  return (
    <div className="pb-table-scroll">
      <table className="sheet pb-table">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`playbook.head_${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.key} data-chosen={selected === node.key || undefined}>
              <th scope="row">
                <button type="button" className="plain pb-name" onClick={() => select(node.key)}>
                  <span className="meta">{numbers.get(node.key) ?? '∥'}</span> {words(node)}
                </button>
              </th>
              <td>{node.action}</td>
              <td>{node.output}</td>
              <td>{ownerSaid(node.owner, latest)}</td>
              <td>
                <LimitChip node={node} />
              </td>
              <td>{ladderSaid(node, latest)}</td>
              <td>
                {node.gate.items.map((item) => gateSaid(item, latest, labels, nodes)).join(t('common.list'))}
              </td>
              <td className="pb-figure">{factsOf(latest, node.key)?.customers ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
