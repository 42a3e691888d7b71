import { type ReactNode, useId } from 'react';
import type { Playbook, PlayNode } from '@/api/playbooks';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { mainOf } from './draft';
import { Gated, NodeWords, SideWords } from './NodeCard';
import { gateSaid } from './said';
import { type Drawing, type Edge, snakeOf } from './snake';

/** More returns than these are shown for the chosen node alone. */
const RETURNS = 3;

/** The flow chart laid out; where many ways lead back, those of the chosen node. */
export function chartOf(nodes: readonly PlayNode[], selected: string | null): Drawing {
  const many = mainOf(nodes).reduce((sum, one) => sum + one.back.length, 0) > RETURNS;
  return snakeOf(nodes, (node) => !many || node.key === selected);
}

function Words({ edge, nodes, book }: { edge: Edge; nodes: readonly PlayNode[]; book: Playbook }) {
  const labels = useLabels();
  if (edge.kind === 'side') return null;
  const from = nodes.find((one) => one.key === edge.from);
  const items = edge.kind === 'on' ? (from?.gate.items ?? []) : [];
  const [first, ...rest] = items.map((item) => gateSaid(item, book, labels, nodes));
  if (edge.kind === 'on' && !first) return null;
  const said = edge.kind === 'back' ? t('playbook.back_why') : (first ?? '');
  const whole = [first, ...rest].filter(Boolean).join(t('common.list'));
  return (
    <span
      className="pb-edge"
      title={edge.kind === 'on' ? whole : undefined}
      style={{ left: edge.label.x, top: edge.label.y, maxWidth: Math.max(60, edge.label.width) }}
    >
      {edge.kind === 'on' ? <Gated /> : null}
      <span className="cut">{said}</span>
      {rest.length ? <span>+{rest.length}</span> : null}
    </span>
  );
}

/** The flow chart: cards in a snake, lines with what must be there before one may leave. */
export function Chart({
  nodes,
  book,
  drawing,
  selected,
  card,
}: {
  nodes: readonly PlayNode[];
  book: Playbook;
  drawing: Drawing;
  selected: string | null;
  /** Wraps the words of a card; on paper nothing can be pressed. */
  card: (node: PlayNode, words: ReactNode, place: React.CSSProperties, side: boolean) => ReactNode;
}) {
  const ids = useId();
  const numbers = new Map(mainOf(nodes).map((one, at) => [one.key, at + 1]));
  const known = new Map(nodes.map((one) => [one.key, one]));
  const { width, height, boxes, edges } = drawing;
  return (
    <div className="pb-chart" style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true">
        <defs>
          {(['on', 'back'] as const).map((kind) => (
            <marker
              key={kind}
              id={`${ids}${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
              data-kind={kind}
            >
              <path d="M0 0 8 4 0 8z" />
            </marker>
          ))}
        </defs>
        {edges.map((edge) => (
          <path
            key={`${edge.kind}${edge.from}${edge.to}`}
            d={edge.path}
            data-kind={edge.kind}
            data-chosen={edge.from === selected || undefined}
            markerEnd={edge.kind === 'side' ? undefined : `url(#${ids}${edge.kind})`}
          />
        ))}
      </svg>
      {edges.map((edge) => (
        <Words key={`${edge.kind}${edge.from}${edge.to}`} edge={edge} nodes={nodes} book={book} />
      ))}
      {boxes.map((box) => {
        const node = known.get(box.key);
        if (!node) return null;
        const place = { left: box.x, top: box.y, width: box.width, height: box.height };
        const said = box.side ? (
          <SideWords node={node} book={book} />
        ) : (
          <NodeWords node={node} book={book} at={numbers.get(node.key) ?? 0} />
        );
        return card(node, said, place, box.side);
      })}
    </div>
  );
}
