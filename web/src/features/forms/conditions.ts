import { type Condition, fieldsIn, isCondition, type Node } from '@/lib/filter';

type Names = ReadonlyMap<string, string>;

const given = (node: unknown): node is Node =>
  typeof node === 'object' && node !== null && Object.keys(node).length > 0;

function value(held: Condition['value'], names: Names): Condition['value'] {
  if (Array.isArray(held)) return held.map((one) => value(one, names) as typeof one);
  return typeof held === 'string' ? (names.get(held) ?? held) : held;
}

function walked(node: Node, fields: Names, options: Names): Node {
  if (isCondition(node)) {
    const told = { ...node, field: fields.get(node.field) ?? node.field };
    return 'value' in node ? { ...told, value: value(node.value, options) } : told;
  }
  if ('not' in node) return { not: walked(node.not, fields, options) };
  const each = (parts: readonly Node[]) => parts.map((part) => walked(part, fields, options));
  return 'and' in node ? { and: each(node.and) } : { or: each(node.or) };
}

/** An expression with other names for fields and options; nothing where there is none. */
export const renamed = (node: unknown, fields: Names, options: Names): Node | undefined =>
  given(node) ? walked(node, fields, options) : undefined;

/** The fields that an expression asks about, each once. */
export const askedIn = (node: unknown): string[] => (given(node) ? [...new Set(fieldsIn(node))] : []);
