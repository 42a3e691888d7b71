import type { PlayNode } from '@/api/playbooks';
import { mainOf, nextOf } from './draft';

/** A row of the swim lanes: who does it, and what. */
export interface Lane {
  owner: string;
  nodes: PlayNode[];
}
/** From one node to the next; it changes hands where the owners differ. */
export interface Handoff {
  from: PlayNode;
  to: PlayNode;
  changes: boolean;
}

/** Who does it, in the order in which they first come. */
export function lanesOf(nodes: readonly PlayNode[]): Lane[] {
  const lanes = new Map<string, PlayNode[]>();
  for (const node of nodes) lanes.set(node.owner, [...(lanes.get(node.owner) ?? []), node]);
  return [...lanes].map(([owner, own]) => ({ owner, nodes: own }));
}

/** The columns of the lanes: a node of the main line with what runs beside it. */
export const columnsOf = (nodes: readonly PlayNode[]): PlayNode[][] =>
  mainOf(nodes).map((node) => [node, ...nodes.filter((one) => one.beside === node.key)]);

/** Every way on along the main line, and into and out of what runs beside it. */
export function handoffsOf(nodes: readonly PlayNode[]): Handoff[] {
  const known = new Map(nodes.map((one) => [one.key, one]));
  const ways = nodes.flatMap((node) =>
    node.beside
      ? [[node.beside, node.key] as const]
      : nextOf(nodes, node).map((to) => [node.key, to] as const),
  );
  return ways.flatMap(([a, b]) => {
    const [from, to] = [known.get(a), known.get(b)];
    return from && to ? [{ from, to, changes: from.owner !== to.owner }] : [];
  });
}
