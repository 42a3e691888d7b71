import type { PlayNode } from '@/api/playbooks';
import { besideOf, mainOf, nextOf } from './draft';

export const COLUMNS = 3;
export const WIDTH = 240;
export const HEIGHT = 204;
export const SIDE_HEIGHT = 72;
const GAP = 106;
const SIDE_GAP = 22;
const EDGE = 16;
const RADIUS = 14;
/** Between two lines in the same gutter, and around them. */
const SLOT = 40;
const AROUND = 70;
/** So far beside a card goes a line that cannot pass below it. */
const BESIDE = 20;

export interface Box {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Runs beside the node over it. */
  side: boolean;
}
export interface Edge {
  from: string;
  to: string;
  kind: 'on' | 'back' | 'side';
  path: string;
  /** Where its words stand, and how broad they may be. */
  label: { x: number; y: number; width: number };
}
export interface Drawing {
  width: number;
  height: number;
  boxes: Box[];
  edges: Edge[];
}
type Point = readonly [number, number];
interface Way {
  from: string;
  to: string;
  kind: 'on' | 'back';
}
interface Cell {
  row: number;
  column: number;
  sides: number;
}

/** A line of right angles with round corners. */
export function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let drawn = `M${first[0]} ${first[1]}`;
  rest.forEach(([x, y], at) => {
    const [px, py] = points[at] as Point;
    const next = rest[at + 1];
    if (!next) {
      drawn += ` L${x} ${y}`;
      return;
    }
    const room = (ax: number, ay: number) => Math.hypot(ax - x, ay - y) / 2;
    const r = Math.min(RADIUS, room(px, py), room(next[0], next[1]));
    const toward = (ax: number, ay: number): Point => [x + Math.sign(ax - x) * r, y + Math.sign(ay - y) * r];
    const [sx, sy] = toward(px, py);
    const [ex, ey] = toward(next[0], next[1]);
    drawn += ` L${sx} ${sy} Q${x} ${y} ${ex} ${ey}`;
  });
  return drawn;
}

const beyond = (cells: Map<string, Cell>, { from, to }: Way): boolean => {
  const [a, b] = [cells.get(from), cells.get(to)];
  return !(a && b && a.row === b.row && b.column === a.column + 1);
};

/** The gutters that a line runs through: 0 lies over the first row, each further one below a row. */
function guttersOf(cells: Map<string, Cell>, way: Way): number[] {
  const [a, b] = [cells.get(way.from), cells.get(way.to)];
  if (!a || !b || !beyond(cells, way)) return [];
  if (a.row === b.row) return [way.kind === 'back' ? a.row + 1 : a.row];
  const leaves = b.row > a.row ? a.row + 1 : a.row;
  const enters = b.row > a.row ? b.row : b.row + 1;
  return leaves === enters ? [leaves] : [leaves, enters];
}

function waysOf(nodes: readonly PlayNode[], returns: (node: PlayNode) => boolean): Way[] {
  const main = new Set(mainOf(nodes).map((one) => one.key));
  return mainOf(nodes)
    .flatMap((node) => [
      ...nextOf(nodes, node).map((to): Way => ({ from: node.key, to, kind: 'on' })),
      ...(returns(node) ? node.back.map((to): Way => ({ from: node.key, to, kind: 'back' })) : []),
    ])
    .filter((way) => main.has(way.to) && way.to !== way.from);
}

/** The tops of the rows, and the tops of the gutters between them. */
function heights(rows: PlayNode[][], nodes: readonly PlayNode[], lines: number[]) {
  const tops: number[] = [];
  const gutters: number[] = [];
  let y = EDGE;
  rows.forEach((row, at) => {
    gutters.push(y);
    const held = lines[at] ?? 0;
    y += at ? AROUND + SLOT * Math.max(1, held) : held ? SLOT * held + EDGE : 0;
    tops.push(y);
    y += Math.max(...row.map((one) => HEIGHT + besideOf(nodes, one.key).length * (SIDE_HEIGHT + SIDE_GAP)));
  });
  gutters.push(y);
  const last = lines[rows.length] ?? 0;
  return { tops, gutters, height: y + (last ? SLOT * last + EDGE : 0) + EDGE };
}

/** The process as it is drawn: three nodes a row, read like text, lines in the gutters between. */
export function snakeOf(
  nodes: readonly PlayNode[],
  returns: (node: PlayNode) => boolean = () => true,
): Drawing {
  const main = mainOf(nodes);
  const rows: PlayNode[][] = [];
  for (let at = 0; at < main.length; at += COLUMNS) rows.push(main.slice(at, at + COLUMNS));
  const cells = new Map<string, Cell>(
    main.map((node, at) => [
      node.key,
      { row: Math.floor(at / COLUMNS), column: at % COLUMNS, sides: besideOf(nodes, node.key).length },
    ]),
  );
  const ways = waysOf(nodes, returns);
  const lines: number[] = rows.map(() => 0).concat(0);
  const slots = ways.map((way) =>
    guttersOf(cells, way).map((gutter) => {
      const slot = lines[gutter] ?? 0;
      lines[gutter] = slot + 1;
      return { gutter, slot };
    }),
  );
  const { tops, gutters, height } = heights(rows, nodes, lines);
  const leftOf = ({ column }: Cell) => EDGE + column * (WIDTH + GAP);
  const boxes = main.flatMap((node): Box[] => {
    const cell = cells.get(node.key) as Cell;
    const [x, y] = [leftOf(cell), tops[cell.row] ?? 0];
    return [
      { key: node.key, x, y, width: WIDTH, height: HEIGHT, side: false },
      ...besideOf(nodes, node.key).map((one, at) => ({
        key: one.key,
        x: x + 20,
        y: y + HEIGHT + SIDE_GAP + at * (SIDE_HEIGHT + SIDE_GAP),
        width: WIDTH - 20,
        height: SIDE_HEIGHT,
        side: true,
      })),
    ];
  });
  const lineY = ({ gutter, slot }: { gutter: number; slot: number }) => {
    const first = gutter === 0 || gutter === rows.length ? EDGE + 4 : (AROUND + SLOT) / 2;
    return (gutters[gutter] ?? 0) + first + slot * SLOT;
  };
  /** From a card into a gutter below or over it; past what hangs below the card where something does. */
  const leave = (cell: Cell, gutterY: number, share: number): Point[] => {
    const [x, y] = [leftOf(cell), tops[cell.row] ?? 0];
    if (gutterY < y)
      return [
        [x + WIDTH * share, y],
        [x + WIDTH * share, gutterY],
      ];
    if (!cell.sides)
      return [
        [x + WIDTH * share, y + HEIGHT],
        [x + WIDTH * share, gutterY],
      ];
    const level = y + HEIGHT * (0.6 + share / 3);
    return [
      [x + WIDTH, level],
      [x + WIDTH + BESIDE, level],
      [x + WIDTH + BESIDE, gutterY],
    ];
  };
  const edges = ways.flatMap((way, at): Edge[] => {
    const [a, b] = [cells.get(way.from), cells.get(way.to)];
    if (!a || !b) return [];
    const ends = { from: way.from, to: way.to, kind: way.kind };
    const [first, last = first] = slots[at] ?? [];
    if (!first || !last) {
      const y = (tops[a.row] ?? 0) + HEIGHT / 2;
      const [x, to] = [leftOf(a) + WIDTH, leftOf(b)];
      return [
        {
          ...ends,
          path: rounded([
            [x + 2, y],
            [to - 2, y],
          ]),
          label: { x: (x + to) / 2, y: y - 12, width: GAP - 10 },
        },
      ];
    }
    const [out, into] = way.kind === 'back' ? [0.28, 0.74] : [0.34, 0.5];
    const [leaving, entering] = [leave(a, lineY(first), out), leave(b, lineY(last), into).reverse()];
    // Two rows or more apart: down the gap beside the column it comes to.
    const gap = leftOf(b) - GAP / 2 + 8;
    const between: Point[] =
      first.gutter === last.gutter
        ? []
        : [
            [gap, lineY(first)],
            [gap, lineY(last)],
          ];
    const points = [...leaving, ...between, ...entering];
    const level = points.filter(([, y]) => y === lineY(first)).map(([x]) => x);
    const [low, high] = [Math.min(...level), Math.max(...level)];
    return [
      {
        ...ends,
        path: rounded(points),
        label: { x: (low + high) / 2, y: lineY(first), width: high - low - 24 },
      },
    ];
  });
  const sides = boxes
    .filter((box) => box.side)
    .map((box): Edge => {
      const node = nodes.find((one) => one.key === box.key);
      const x = box.x - 10;
      const top = tops[cells.get(node?.beside ?? '')?.row ?? 0] ?? 0;
      const points: Point[] = [
        [x, top + HEIGHT],
        [x, box.y + box.height / 2],
        [box.x, box.y + box.height / 2],
      ];
      return {
        from: node?.beside ?? '',
        to: box.key,
        kind: 'side',
        path: rounded(points),
        label: { x, y: 0, width: 0 },
      };
    });
  const width = EDGE * 2 + COLUMNS * WIDTH + (COLUMNS - 1) * GAP + BESIDE;
  return { width, height, boxes, edges: [...edges, ...sides] };
}
