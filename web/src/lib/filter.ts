import type { Field, FieldType } from '@/api/types';
import { isOwn } from './own';

export type Operator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'starts'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'between'
  | 'has'
  | 'empty'
  | 'not_empty';
export type Scalar = string | number | boolean;
export interface Relative {
  relative: string;
}
export type FilterValue = Scalar | Relative | (Scalar | Relative)[] | null;
/** One condition of the filter expression. */
export interface Condition {
  field: string;
  op: Operator;
  value?: FilterValue;
}
/** The filter expression of the API: conditions in groups. */
export type Node = Condition | { and: Node[] } | { or: Node[] } | { not: Node };

/** How a condition on a field is asked for. */
export type Editor =
  | 'choice'
  | 'member'
  | 'department'
  | 'text'
  | 'tag'
  | 'figure'
  | 'day'
  | 'yes_no'
  | 'answer'
  | 'lunar'
  | 'region'
  | 'link'
  | 'files';

const EDITORS: Partial<Record<FieldType, Editor>> = {
  option: 'choice',
  options: 'tag',
  tags: 'tag',
  member: 'member',
  department: 'department',
  number: 'figure',
  percent: 'figure',
  money: 'figure',
  rating: 'figure',
  date: 'day',
  datetime: 'day',
  bool: 'yes_no',
  text: 'text',
  longtext: 'text',
  richtext: 'text',
  rich: 'text',
  lunar_date: 'lunar',
  url: 'text',
  phone: 'text',
  email: 'text',
  address: 'region',
  serial: 'text',
  link: 'link',
  attachment: 'files',
  picture: 'files',
};

/** Fields a person may filter by. */
export function editorOf(field: Field): Editor | null {
  if (!field.filter) return null;
  // Nobody may have answered a question of the team's own yet.
  if (field.type === 'bool' && isOwn(field.slug)) return 'answer';
  if (field.type === 'money_range' && isOwn(field.slug)) return 'figure';
  return EDITORS[field.type] ?? null;
}

export function isCondition(node: Node): node is Condition {
  return 'field' in node;
}

/** The conditions of an expression. */
export function conditionsIn(node: Node): Condition[] {
  if (isCondition(node)) return [node];
  if ('not' in node) return conditionsIn(node.not);
  return ('and' in node ? node.and : node.or).flatMap(conditionsIn);
}

/** The fields that an expression asks about. */
export const fieldsIn = (node: Node): string[] => conditionsIn(node).map(({ field }) => field);

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false;
  const read = value as Record<string, unknown>;
  if ('field' in read) return typeof read.field === 'string' && typeof read.op === 'string';
  if ('not' in read) return isNode(read.not);
  const parts = read.and ?? read.or;
  return Array.isArray(parts) && parts.length > 0 && parts.every(isNode);
}

/** The parts that must all hold; nothing for what is no expression. */
export function partsOf(expression: unknown): Node[] {
  if (!isNode(expression)) return [];
  return 'and' in expression ? expression.and : [expression];
}

/** All parts as one expression; null when there is no part. */
export function joined(parts: readonly Node[]): Node | null {
  if (parts.length <= 1) return parts[0] ?? null;
  return { and: [...parts] };
}

/** The expression as it stands in an address; nothing when there is no condition. */
export function toExpression(parts: readonly Node[]): string | undefined {
  const whole = joined(parts);
  return whole ? JSON.stringify(whole) : undefined;
}

/** Reads an address back; anything else gives no conditions. */
export function fromExpression(raw: string | null): Node[] {
  if (!raw) return [];
  try {
    return partsOf(JSON.parse(raw));
  } catch {
    return [];
  }
}
