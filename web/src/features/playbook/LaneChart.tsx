import { FileText } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Playbook, PlayNode } from '@/api/playbooks';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { columnsOf, handoffsOf, lanesOf } from './lanes';
import { LimitChip, OnTime, Waits } from './NodeCard';
import { factsOf, ownerSaid } from './said';
import { rounded } from './snake';

const HEAD = 150;
const TOP = 80;
const PITCH = 196;
const CARD = 164;
const TALL = 74;
const ROOM = 26;

interface Place {
  x: number;
  y: number;
}

/** Cards in their lane and column; several of one lane in one column stand below each other. */
function placesOf(nodes: readonly PlayNode[]) {
  const columns = columnsOf(nodes);
  const lanes = lanesOf(nodes);
  const places = new Map<string, Place>();
  let top = TOP;
  const bands = lanes.map(({ owner, nodes: own }) => {
    const most = Math.max(...columns.map((column) => column.filter((one) => one.owner === owner).length));
    const height = ROOM * 2 + most * TALL + (most - 1) * 14;
    columns.forEach((column, at) => {
      column
        .filter((one) => one.owner === owner)
        .forEach((one, place) => {
          places.set(one.key, { x: HEAD + at * PITCH, y: top + ROOM + place * (TALL + 14) });
        });
    });
    const band = { owner, count: own.length, top, height };
    top += height;
    return band;
  });
  return { columns, bands, places, width: HEAD + columns.length * PITCH, height: top };
}

/** From card to card: along the lane, else between the columns into the other lane. */
function lineOf(a: Place, b: Place): { path: string; x: number; y: number } {
  const [ay, by] = [a.y + TALL / 2, b.y + TALL / 2];
  if (a.x === b.x) {
    const x = a.x + CARD / 2;
    return {
      path: rounded([
        [x, a.y + TALL],
        [x, b.y - 3],
      ]),
      x,
      y: (a.y + TALL + b.y) / 2,
    };
  }
  if (ay === by && b.x > a.x)
    return {
      path: rounded([
        [a.x + CARD, ay],
        [b.x - 3, by],
      ]),
      x: (a.x + CARD + b.x) / 2,
      y: ay - 10,
    };
  const x = b.x > a.x ? b.x - (PITCH - CARD) / 2 : b.x + CARD + (PITCH - CARD) / 2;
  const end = b.x > a.x ? b.x - 3 : b.x + CARD + 3;
  return {
    path: rounded([
      [b.x > a.x ? a.x + CARD : a.x, ay],
      [x, ay],
      [x, by],
      [end, by],
    ]),
    x,
    y: (ay + by) / 2,
  };
}

/** 泳道: who does what, and what goes from hand to hand. */
export function LaneChart({
  nodes,
  book,
  over = null,
  card,
}: {
  nodes: readonly PlayNode[];
  book: Playbook;
  /** The lane that a carried card would come into. */
  over?: string | null;
  card: (node: PlayNode, words: ReactNode, place: React.CSSProperties) => ReactNode;
}) {
  const ids = useId();
  const { columns, bands, places, width, height } = placesOf(nodes);
  /** Words stand where the line leaves the lane: no card lies there. */
  const border = (owner: string, down: boolean) => {
    const band = bands.find((one) => one.owner === owner);
    return band ? band.top + (down ? band.height : 0) : 0;
  };
  const ways = handoffsOf(nodes).flatMap(({ from, to, changes }) => {
    const [a, b] = [places.get(from.key), places.get(to.key)];
    if (!a || !b) return [];
    const line = lineOf(a, b);
    return [{ from, to, changes, ...line, y: changes ? border(from.owner, b.y > a.y) : line.y }];
  });
  return (
    <div className="pb-lanes-chart" style={{ width, height }}>
      {bands.map((band, at) => (
        <div
          key={band.owner}
          className="pb-lane"
          data-lane={band.owner}
          data-odd={at % 2 === 1 || undefined}
          data-over={over === band.owner || undefined}
          style={{ top: band.top, height: band.height }}
        >
          <b>{ownerSaid(band.owner, book)}</b>
          <span className="meta">{t('playbook.lane_count', { n: band.count })}</span>
        </div>
      ))}
      {columns.map(([node], at) =>
        node ? (
          <div key={node.key} className="pb-column" style={{ left: HEAD + at * PITCH, width: PITCH - 8 }}>
            <b className="cut">
              {at + 1} {words(node)}
            </b>
            <span>
              <LimitChip node={node} />
              <OnTime facts={factsOf(book, node.key)} bare />
            </span>
            <Waits facts={factsOf(book, node.key)} />
          </div>
        ) : null,
      )}
      <svg width={width} height={height} aria-hidden="true">
        <defs>
          {(['lane', 'hand'] as const).map((kind) => (
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
        {ways.map(({ from, to, path, changes }) => (
          <path
            key={`${from.key}>${to.key}`}
            d={path}
            data-hand={changes || undefined}
            markerEnd={`url(#${ids}${changes ? 'hand' : 'lane'})`}
          />
        ))}
      </svg>
      {ways.map(({ from, to, x, y, changes }) =>
        changes && !to.beside && from.output ? (
          <span
            key={`${from.key}>${to.key}`}
            className="pb-given"
            style={{ left: x, top: y }}
            title={from.output}
          >
            <span className="cut">{from.output}</span>
          </span>
        ) : null,
      )}
      {nodes.map((node) => {
        const place = places.get(node.key);
        if (!place) return null;
        return card(
          node,
          <>
            <b className="cut" title={node.action || words(node)}>
              {node.action || words(node)}
            </b>
            {node.inputs.length ? (
              <span className="meta cut">
                {t('playbook.takes', { what: node.inputs.join(t('common.list')) })}
              </span>
            ) : null}
            <span className="pb-line">
              <FileText size={13} strokeWidth={1.6} aria-hidden="true" />
              <span className="cut">{node.output || t('playbook.no_output')}</span>
            </span>
          </>,
          { left: place.x, top: place.y, width: CARD, height: TALL },
        );
      })}
    </div>
  );
}
