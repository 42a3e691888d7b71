import { describe, expect, it } from 'vitest';
import type { PlayNode } from '@/api/playbooks';
import { changesOf } from './changes';
import {
  addNode,
  draftOf,
  duplicateNode,
  moveNode,
  newNode,
  nextOf,
  nodeOf,
  patchNode,
  removeNode,
  stepNode,
} from './draft';

const node = (key: string, values: Partial<PlayNode> = {}): PlayNode => ({
  ...newNode(key, { zh: key, en: key }),
  ...values,
});
const start = draftOf({
  key: 'standard',
  title: { zh: '标准', en: 'Standard' },
  condition: null,
  nodes: [node('a'), node('b', { back: ['a'] }), node('s', { beside: 'b' }), node('c')],
});
const order = (draft = start) => draft.document.nodes.map((one) => one.key).join('');

describe('nodes of a process', () => {
  it('come behind the chosen one and what runs beside it', () => {
    expect(order(addNode(start, node('x'), 'b'))).toBe('absxc');
    expect(order(addNode(start, node('x'), 's'))).toBe('absxc');
    expect(order(addNode(start, node('x'), null))).toBe('abscx');
  });

  it('go with every mention, and their customers elsewhere', () => {
    const gate = { strict: true, items: [{ kind: 'side' as const, node: 's' }] };
    const gone = removeNode(patchNode(start, 'b', { gate, next: ['c'] }), 's', null);
    expect(nodeOf(gone, 'b')?.gate.items).toEqual([]);
    const without = removeNode(start, 'b', 'a');
    expect(order(without)).toBe('asc');
    expect(nodeOf(without, 's')?.beside).toBeNull();
    expect(without.mapping).toEqual({ b: 'a' });
    // The heir goes too: both go to the next one.
    expect(removeNode(without, 'a', 'c').mapping).toEqual({ a: 'c', b: 'c' });
  });

  it('move with what runs beside them', () => {
    expect(order(moveNode(start, 'b', 'a'))).toBe('bsac');
    expect(order(moveNode(start, 'b', null))).toBe('acbs');
    expect(order(stepNode(start, 'a', 1))).toBe('bsac');
    expect(order(stepNode(start, 'c', -1))).toBe('acbs');
    expect(stepNode(start, 'a', -1)).toBe(start);
    expect(moveNode(start, 'a', 'b')).toBe(start);
  });

  it('are copied under a name of their own', () => {
    const copy = duplicateNode(start, 'b', 'n', { zh: 'b2', en: '' });
    expect(order(copy)).toBe('absnc');
    expect(nodeOf(copy, 'n')).toMatchObject({ zh: 'b2', back: ['a'] });
  });

  it('lead to the one behind unless they say otherwise', () => {
    const { nodes } = start.document;
    expect(nextOf(nodes, nodes[1] as PlayNode)).toEqual(['c']);
    expect(nextOf(nodes, nodes[3] as PlayNode)).toEqual([]);
    const said = draftOf({ ...start.document, nodes: [node('a', { next: ['b'] }), node('b')] });
    expect(nodeOf(addNode(said, node('x'), 'a'), 'a')?.next).toBeNull();
  });
});

describe('what a draft changes', () => {
  const kinds = (draft: typeof start) =>
    changesOf(start, draft).map((one) => (one.kind === 'changed' ? `${one.node.key}.${one.part}` : one.kind));

  it('is nothing at first, then each part of each node', () => {
    expect(kinds(start)).toEqual([]);
    const limit = { amount: 2, clock: 'days' as const, warn_hours: null, pause_waiting: true };
    expect(kinds(patchNode(start, 'b', { limit, action: 'x', output: 'y' }))).toEqual([
      'b.action',
      'b.limit',
    ]);
    expect(kinds(stepNode(start, 'a', 1))).toEqual(['order']);
    expect(kinds(addNode(start, node('x'), 'a'))).toEqual(['added']);
    expect(kinds(removeNode(start, 'a', 'c'))).toEqual(['b.path', 'removed']);
  });
});
