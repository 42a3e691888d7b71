import type { Document, Mapping, PlayNode } from '@/api/playbooks';

/** A process while it is shaped, and where the customers of the nodes that go shall stand. */
export interface Draft {
  document: Document;
  mapping: Mapping;
}

export const nodeOf = (draft: Draft, key: string | null): PlayNode | undefined =>
  draft.document.nodes.find((one) => one.key === key);
/** The nodes one after the other, without those beside them. */
export const mainOf = (nodes: readonly PlayNode[]): PlayNode[] => nodes.filter((one) => !one.beside);
export const besideOf = (nodes: readonly PlayNode[], key: string): PlayNode[] =>
  nodes.filter((one) => one.beside === key);

/** Where one may go from a node: what it names, else to the one behind it. */
export function nextOf(nodes: readonly PlayNode[], node: PlayNode): string[] {
  if (node.next) return node.next;
  const main = mainOf(nodes);
  const at = main.findIndex((one) => one.key === node.key);
  const following = at < 0 ? undefined : main[at + 1];
  return following ? [following.key] : [];
}

/** The document as it is shaped: a way on to the node behind needs no saying, so that what comes between is on it. */
export function draftOf({ key, title, condition, nodes }: Document): Draft {
  const plain = nodes.map((node) => {
    const usual = nextOf(nodes, { ...node, next: null });
    return node.next?.length === 1 && node.next[0] === usual[0] ? { ...node, next: null } : node;
  });
  return { document: { key, title, condition: condition ?? null, nodes: plain }, mapping: {} };
}

const withNodes = (draft: Draft, nodes: PlayNode[]): Draft => ({
  ...draft,
  document: { ...draft.document, nodes },
});
export const patchDocument = (draft: Draft, values: Partial<Document>): Draft => ({
  ...draft,
  document: { ...draft.document, ...values },
});
export const patchNode = (draft: Draft, key: string, values: Partial<PlayNode>): Draft =>
  withNodes(
    draft,
    draft.document.nodes.map((one) => (one.key === key ? { ...one, ...values } : one)),
  );

export const newNode = (key: string, names: { zh: string; en: string }): PlayNode => ({
  key,
  ...names,
  action: '',
  output: '',
  owner: 'owner',
  limit: null,
  ladder: [],
  gate: { strict: false, items: [] },
  required: [],
  assets: [],
  inputs: [],
  optional: false,
  beside: null,
  next: null,
  back: [],
  arrives: '',
  life_cycle: '',
});

/** Behind the chosen node and what runs beside it; else at the end. */
export function addNode(draft: Draft, node: PlayNode, after: string | null): Draft {
  const { nodes } = draft.document;
  const chosen = nodes.find((one) => one.key === after);
  const lead = chosen?.beside ?? chosen?.key;
  const last = nodes.reduce(
    (found, one, at) => (lead && (one.key === lead || one.beside === lead) ? at : found),
    -1,
  );
  const at = last < 0 ? nodes.length : last + 1;
  return withNodes(draft, [...nodes.slice(0, at), node, ...nodes.slice(at)]);
}

export function duplicateNode(
  draft: Draft,
  key: string,
  made: string,
  names: { zh: string; en: string },
): Draft {
  const node = nodeOf(draft, key);
  return node ? addNode(draft, { ...node, ...names, key: made }, key) : draft;
}

/** A node goes: nobody names it any more; what ran beside it goes on by itself, and its customers go to `to`. */
export function removeNode(draft: Draft, key: string, to: string | null): Draft {
  const without = (keys: string[]) => keys.filter((one) => one !== key);
  // Whose only way led there goes to the node behind.
  const orUsual = (keys: string[]) => (keys.length ? keys : null);
  const nodes = draft.document.nodes
    .filter((one) => one.key !== key)
    .map((one) => ({
      ...one,
      next: one.next && orUsual(without(one.next)),
      back: without(one.back),
      beside: one.beside === key ? null : one.beside,
      gate: {
        ...one.gate,
        items: one.gate.items.filter((item) => item.kind !== 'side' || item.node !== key),
      },
    }));
  const { [key]: _gone, ...rest } = draft.mapping;
  const others = Object.fromEntries(
    Object.entries(rest).flatMap(([from, target]) =>
      target !== key ? [[from, target]] : to ? [[from, to]] : [],
    ),
  );
  return { ...withNodes(draft, nodes), mapping: to ? { ...others, [key]: to } : others };
}

/** Before another node, or at the end; what runs beside it moves along. */
export function moveNode(draft: Draft, key: string, before: string | null): Draft {
  if (key === before) return draft;
  const { nodes } = draft.document;
  const moves = (one: PlayNode) => one.key === key || one.beside === key;
  const rest = nodes.filter((one) => !moves(one));
  const found = before === null ? -1 : rest.findIndex((one) => one.key === before);
  const at = found < 0 ? rest.length : found;
  const next = [...rest.slice(0, at), ...nodes.filter(moves), ...rest.slice(at)];
  return next.every((one, place) => one.key === nodes[place]?.key) ? draft : withNodes(draft, next);
}

/** By so many places along the main line. */
export function stepNode(draft: Draft, key: string, by: -1 | 1): Draft {
  const main = mainOf(draft.document.nodes);
  const at = main.findIndex((one) => one.key === key);
  if (at < 0 || !main[at + by]) return draft;
  return moveNode(draft, key, by < 0 ? (main[at - 1]?.key ?? null) : (main[at + 2]?.key ?? null));
}

/** One thing of a list at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}
