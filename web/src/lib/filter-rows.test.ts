import { describe, expect, it } from 'vitest';
import { fieldsIn, fromExpression, type Node, toExpression } from './filter';
import { complete, itemOf, nodeOf, nodeOfItem, type Row, rowOf } from './filter-rows';

const ROWS: Row[] = [
  { field: 'stage', saying: 'is', value: ['lead', 'needs'] },
  { field: 'owner', saying: 'is_not', value: ['me', 3] },
  { field: 'name', saying: 'contains_not', value: ['样品'] },
  { field: 'name', saying: 'starts', value: ['苏州'] },
  { field: 'tags', saying: 'has_not', value: ['老客户'] },
  { field: 'amount', saying: 'range', value: [100, 900] },
  { field: 'last_contact_at', saying: 'last_days', value: [7] },
  { field: 'last_contact_at', saying: 'not_last_days', value: [30] },
  { field: 'next_due_at', saying: 'next_days', value: [3] },
  { field: 'next_due_at', saying: 'period', value: ['week'] },
  { field: 'paused', saying: 'no', value: [] },
  { field: 'region', saying: 'empty', value: [] },
  { field: 'region', saying: 'filled', value: [] },
];

describe('lines and the expression', () => {
  it.each(ROWS.map((row) => [row.saying, row] as const))('%s comes back as it was said', (_, row) => {
    expect(rowOf(nodeOf(row))).toEqual(row);
    expect(fromExpression(toExpression([nodeOf(row)]) ?? '')).toEqual([nodeOf(row)]);
  });

  it('puts groups inside groups, also none of them', () => {
    const node: Node = {
      and: [
        { field: 'stage', op: 'in', value: ['lead'] },
        {
          or: [
            { field: 'region', op: 'empty' },
            { not: { or: [nodeOf(ROWS[2] as Row), nodeOf(ROWS[5] as Row)] } },
          ],
        },
      ],
    };
    expect(nodeOfItem(itemOf(node))).toEqual(node);
  });

  it('leaves out lines that say nothing yet, and groups without lines', () => {
    const blank: Row = { field: 'stage', saying: 'is', value: [] };
    expect(complete(blank)).toBe(false);
    expect(nodeOfItem({ mode: 'all', items: [blank, { mode: 'any', items: [blank] }] })).toBeNull();
    expect(nodeOfItem({ mode: 'all', items: [blank, ROWS[3] as Row] })).toEqual(nodeOf(ROWS[3] as Row));
  });

  it('keeps what no line can say', () => {
    const odd: Node = { field: 'last_contact_at', op: 'lt', value: { relative: '+2h' } };
    expect(itemOf(odd)).toEqual({ kept: odd });
    expect(nodeOfItem(itemOf({ or: [odd, odd] }))).toEqual({ or: [odd, odd] });
  });

  it('knows the fields it asks about', () => {
    const owner: Node = { field: 'owner', op: 'in', value: [12] };
    expect(fieldsIn({ and: [owner, { or: [{ not: { field: 'region', op: 'empty' } }, owner] }] })).toEqual([
      'owner',
      'region',
      'owner',
    ]);
  });

  it('reads nothing from what is no expression', () => {
    for (const raw of ['', '[', '1', '{"and": 3}', '{"and": []}', '{"or": [{"field": 1}]}']) {
      expect(fromExpression(raw)).toEqual([]);
    }
  });
});
