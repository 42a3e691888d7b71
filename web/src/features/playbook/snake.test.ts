import { describe, expect, it } from 'vitest';
import type { PlayNode } from '@/api/playbooks';
import { newNode } from './draft';
import { columnsOf, handoffsOf, lanesOf } from './lanes';
import { HEIGHT, rounded, snakeOf, WIDTH } from './snake';

const node = (key: string, values: Partial<PlayNode> = {}): PlayNode => ({
  ...newNode(key, { zh: key, en: key }),
  ...values,
});
const six = ['1', '2', '3', '4', '5', '6'].map((key) => node(key));

/** Every point that a path goes through. */
const points = (path: string) =>
  [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('the snake', () => {
  it('has three a row, read like text', () => {
    const { boxes } = snakeOf(six);
    const at = (key: string) => boxes.find((box) => box.key === key);
    expect(boxes).toHaveLength(6);
    expect(new Set(['1', '2', '3'].map((key) => at(key)?.y)).size).toBe(1);
    expect(at('4')?.x).toBe(at('1')?.x);
    expect((at('4')?.y ?? 0) - (at('1')?.y ?? 0)).toBeGreaterThan(HEIGHT);
    expect((at('2')?.x ?? 0) - (at('1')?.x ?? 0)).toBeGreaterThan(WIDTH);
  });

  it('leads on straight in a row and round the corner to the next', () => {
    const { edges, boxes } = snakeOf(six);
    expect(edges.map((edge) => `${edge.from}${edge.to}`)).toEqual(['12', '23', '34', '45', '56']);
    expect(new Set(points(edges[0]?.path ?? '').map(([, y]) => y)).size).toBe(1);
    const [from, to] = [boxes[2], boxes[3]];
    const corner = points(edges[2]?.path ?? '');
    expect(corner[0]?.[1]).toBe((from?.y ?? 0) + HEIGHT);
    expect(corner.at(-1)?.[1]).toBe(to?.y);
  });

  it('keeps every line out of the cards', () => {
    const nodes = [
      node('1', { next: ['3', '6'] }),
      node('2'),
      node('3', { back: ['1'] }),
      node('s', { beside: '3' }),
      node('4', { back: ['1'] }),
      node('5', { back: ['3', '1'] }),
      node('6', { next: ['7'] }),
      node('7', { back: ['2'] }),
    ];
    const { edges, boxes, width, height } = snakeOf(nodes);
    for (const edge of edges.filter((one) => one.kind !== 'side')) {
      const way = points(edge.path);
      for (let at = 1; at < way.length; at += 1) {
        const [[ax, ay], [bx, by]] = [way[at - 1] ?? [0, 0], way[at] ?? [0, 0]];
        for (let step = 0; step <= 20; step += 1) {
          const [x, y] = [ax + ((bx - ax) * step) / 20, ay + ((by - ay) * step) / 20];
          const inside = boxes.find(
            (box) =>
              x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1,
          );
          expect(inside && `${edge.from}>${edge.to} through ${inside.key}`).toBeUndefined();
          expect(x > 0 && x < width && y > 0 && y < height).toBe(true);
        }
      }
    }
  });

  it('draws returns dashed, and only those that are asked for', () => {
    const nodes = [node('1'), node('2', { back: ['1'] }), node('3', { back: ['1', '2'] })];
    const backs = (from?: string) =>
      snakeOf(nodes, (one) => !from || one.key === from).edges.filter((edge) => edge.kind === 'back').length;
    expect(backs()).toBe(3);
    expect(backs('2')).toBe(1);
  });

  it('puts what is parallel below its node', () => {
    const { boxes, edges } = snakeOf([node('1'), node('s', { beside: '1' }), node('2')]);
    const side = boxes.find((box) => box.key === 's');
    expect(side).toMatchObject({ side: true });
    expect(side?.y).toBeGreaterThan((boxes[0]?.y ?? 0) + HEIGHT);
    expect(edges.map((edge) => edge.kind)).toEqual(['on', 'side']);
  });

  it('rounds corners no further than there is room', () => {
    expect(
      rounded([
        [0, 0],
        [100, 0],
        [100, 100],
      ]),
    ).toBe('M0 0 L86 0 Q100 0 100 14 L100 100');
    expect(
      rounded([
        [0, 0],
        [10, 0],
        [10, 100],
      ]),
    ).toBe('M0 0 L5 0 Q10 0 10 5 L10 100');
  });
});

describe('the swim lanes', () => {
  const nodes = [
    node('1'),
    node('2', { owner: 'role:tech' }),
    node('s', { beside: '2', owner: 'role:legal' }),
    node('3'),
  ];

  it('are who does it, in the order in which they come', () => {
    expect(
      lanesOf(nodes).map(({ owner, nodes: own }) => [owner, own.map((one) => one.key).join('')]),
    ).toEqual([
      ['owner', '13'],
      ['role:tech', '2'],
      ['role:legal', 's'],
    ]);
    expect(columnsOf(nodes).map((column) => column.map((one) => one.key).join(''))).toEqual(['1', '2s', '3']);
  });

  it('tell where it changes hands', () => {
    expect(
      handoffsOf(nodes).map(({ from, to, changes }) => `${from.key}${to.key}${changes ? '!' : ''}`),
    ).toEqual(['12!', '23!', '2s!']);
    expect(handoffsOf(six).some((one) => one.changes)).toBe(false);
  });
});
