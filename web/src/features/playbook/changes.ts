import type { PlayNode } from '@/api/playbooks';
import type { Draft } from './draft';

/** What of a node can be another, as the list of changes names it. */
const PARTS = {
  name: ['zh', 'en'],
  action: ['action', 'output', 'inputs', 'owner', 'required'],
  path: ['next', 'back', 'beside', 'optional'],
  limit: ['limit'],
  ladder: ['ladder'],
  gate: ['gate'],
  assets: ['assets'],
} as const satisfies Record<string, readonly (keyof PlayNode)[]>;
export type Part = keyof typeof PARTS;

export type Change =
  | { kind: 'title' | 'condition' | 'order'; node: null }
  | { kind: 'added' | 'removed'; node: PlayNode; to?: string }
  | { kind: 'changed'; node: PlayNode; part: Part };

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What a draft changes of what is in force, in the order of the process. */
export function changesOf(was: Draft, now: Draft): Change[] {
  const before = new Map(was.document.nodes.map((one) => [one.key, one]));
  const after = new Set(now.document.nodes.map((one) => one.key));
  const changes: Change[] = [];
  if (!same(was.document.title, now.document.title)) changes.push({ kind: 'title', node: null });
  if (!same(was.document.condition, now.document.condition)) changes.push({ kind: 'condition', node: null });
  const order = (nodes: readonly PlayNode[], kept: (key: string) => boolean) =>
    nodes.map((one) => one.key).filter(kept);
  if (
    !same(
      order(was.document.nodes, (key) => after.has(key)),
      order(now.document.nodes, (key) => before.has(key)),
    )
  )
    changes.push({ kind: 'order', node: null });
  for (const node of now.document.nodes) {
    const old = before.get(node.key);
    if (!old) changes.push({ kind: 'added', node });
    else
      for (const part of Object.keys(PARTS) as Part[])
        if (PARTS[part].some((name) => !same(old[name], node[name])))
          changes.push({ kind: 'changed', node, part });
  }
  for (const node of was.document.nodes)
    if (!after.has(node.key)) changes.push({ kind: 'removed', node, to: now.mapping[node.key] });
  return changes;
}
