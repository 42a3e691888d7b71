import { type Condition, type Editor, isCondition, type Node, type Relative, type Scalar } from './filter';

/** What a person says of one field; several make one operator of the expression, with or without `not`. */
export type Saying =
  | 'is'
  | 'is_not'
  | 'contains'
  | 'contains_not'
  | 'starts'
  | 'has'
  | 'has_not'
  | 'least'
  | 'most'
  | 'range'
  | 'last_days'
  | 'not_last_days'
  | 'next_days'
  | 'period'
  | 'yes'
  | 'no'
  | 'empty'
  | 'filled';

/** One line of the builder. `value`: keys or ids for `is`, one text, one number or day, two for `range`. */
export interface Row {
  field: string;
  saying: Saying;
  value: (Scalar | null)[];
}
export type Mode = 'all' | 'any' | 'none';
export interface Group {
  mode: Mode;
  items: Item[];
}
/** A node no line can say is kept as it is. */
export type Item = Row | Group | { kept: Node };

export const SAYINGS: Record<Editor, readonly Saying[]> = {
  choice: ['is', 'is_not', 'filled', 'empty'],
  member: ['is', 'is_not', 'filled', 'empty'],
  department: ['is', 'is_not', 'filled', 'empty'],
  text: ['contains', 'contains_not', 'starts', 'filled', 'empty'],
  tag: ['has', 'has_not', 'filled', 'empty'],
  figure: ['least', 'most', 'range', 'filled', 'empty'],
  day: ['last_days', 'not_last_days', 'next_days', 'period', 'least', 'most', 'range', 'filled', 'empty'],
  yes_no: ['yes', 'no'],
  answer: ['yes', 'no', 'filled', 'empty'],
  lunar: ['is', 'is_not', 'filled', 'empty'],
  link: ['is', 'is_not', 'filled', 'empty'],
  files: ['filled', 'empty'],
  region: ['is', 'is_not', 'contains', 'filled', 'empty'],
};

export const PERIODS = [
  'today',
  'yesterday',
  'tomorrow',
  'week',
  'last_week',
  'next_week',
  'month',
  'last_month',
  'next_month',
  'quarter',
  'year',
] as const;

const DAYS = /^([+-])(\d{1,4})d$/;

export const isGroup = (item: Item): item is Group => 'mode' in item;
export const isRow = (item: Item): item is Row => 'saying' in item;

/** How many values a saying asks for; `many` takes any number. */
export function asks(saying: Saying): 0 | 1 | 2 | 'many' {
  if (['yes', 'no', 'empty', 'filled'].includes(saying)) return 0;
  if (saying === 'range') return 2;
  return saying === 'is' || saying === 'is_not' ? 'many' : 1;
}

/** Whether the line says something yet. */
export function complete({ saying, value }: Row): boolean {
  const wanted = asks(saying);
  const given = value.filter((one) => one !== null && one !== '');
  if (wanted === 'many') return given.length > 0;
  return given.length >= wanted;
}

const not = (node: Node): Node => ({ not: node });
const relative = (days: Scalar | null | undefined, sign: '+' | '-'): Relative => ({
  relative: `${sign}${Math.max(0, Math.round(Number(days)))}d`,
});

/** The line as a node of the expression. */
export function nodeOf({ field, saying, value }: Row): Node {
  const [first, second] = value as Scalar[];
  const say = (op: Condition['op'], given?: Condition['value']): Condition =>
    given === undefined ? { field, op } : { field, op, value: given };
  const made: Record<Saying, () => Node> = {
    is: () => say('in', value as Scalar[]),
    is_not: () => say('not_in', value as Scalar[]),
    contains: () => say('contains', first),
    contains_not: () => not(say('contains', first)),
    starts: () => say('starts', first),
    has: () => say('has', first),
    has_not: () => not(say('has', first)),
    least: () => say('gte', first),
    most: () => say('lte', first),
    range: () => say('between', [first as Scalar, second as Scalar]),
    last_days: () => say('gte', relative(first, '-')),
    not_last_days: () => not(say('gte', relative(first, '-'))),
    next_days: () => say('between', [{ relative: 'today' }, relative(first, '+')]),
    period: () => say('eq', { relative: String(first) }),
    yes: () => say('eq', true),
    no: () => say('eq', false),
    empty: () => say('empty'),
    filled: () => say('not_empty'),
  };
  return made[saying]();
}

function relativeOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'relative' in value
    ? String((value as Relative).relative)
    : null;
}

function daysOf(value: unknown, sign: '+' | '-'): number | null {
  const found = DAYS.exec(relativeOf(value) ?? '');
  return found && found[1] === sign ? Number(found[2]) : null;
}

function plain({ field, op, value }: Condition): Row | null {
  const row = (saying: Saying, ...given: (Scalar | null)[]): Row => ({ field, saying, value: given });
  const list = Array.isArray(value) ? value : null;
  const whole = (list ?? [value]).every((one) => relativeOf(one) === null);
  switch (op) {
    case 'in':
    case 'not_in':
      return list && whole ? row(op === 'in' ? 'is' : 'is_not', ...(list as Scalar[])) : null;
    case 'eq':
      if (typeof value === 'boolean') return row(value ? 'yes' : 'no');
      if (relativeOf(value) !== null) return row('period', relativeOf(value));
      return value === undefined || value === null ? null : row('is', value as Scalar);
    case 'ne':
      return whole && typeof value !== 'boolean' ? row('is_not', value as Scalar) : null;
    case 'contains':
    case 'starts':
    case 'has':
      return row(op, String(value));
    case 'gte':
      if (daysOf(value, '-') !== null) return row('last_days', daysOf(value, '-'));
      return whole ? row('least', value as Scalar) : null;
    case 'lte':
      return whole ? row('most', value as Scalar) : null;
    case 'between':
      if (list && relativeOf(list[0]) === 'today' && daysOf(list[1], '+') !== null)
        return row('next_days', daysOf(list[1], '+'));
      return list && whole ? row('range', ...(list as Scalar[])) : null;
    case 'empty':
      return row('empty');
    case 'not_empty':
      return row('filled');
    default:
      return null;
  }
}

const TURNED: Partial<Record<Saying, Saying>> = {
  contains: 'contains_not',
  has: 'has_not',
  last_days: 'not_last_days',
  is: 'is_not',
  empty: 'filled',
};

/** The line that says a node; null when none does. */
export function rowOf(node: Node): Row | null {
  if (isCondition(node)) return plain(node);
  if (!('not' in node) || !isCondition(node.not)) return null;
  const inner = plain(node.not);
  const turned = inner && TURNED[inner.saying];
  return inner && turned ? { ...inner, saying: turned } : null;
}

/** A node as the builder shows it. */
export function itemOf(node: Node): Item {
  const row = rowOf(node);
  if (row) return row;
  if (isCondition(node)) return { kept: node };
  if ('and' in node) return { mode: 'all', items: node.and.map(itemOf) };
  if ('or' in node) return { mode: 'any', items: node.or.map(itemOf) };
  const inner = node.not;
  if ('or' in inner) return { mode: 'none', items: inner.or.map(itemOf) };
  return { mode: 'none', items: [itemOf(inner)] };
}

/** What the builder shows as a node; lines that say nothing yet, and groups without lines, are left out. */
export function nodeOfItem(item: Item): Node | null {
  if (isRow(item)) return complete(item) ? nodeOf(item) : null;
  if (!isGroup(item)) return item.kept;
  const parts = item.items.flatMap((one) => nodeOfItem(one) ?? []);
  if (!parts.length) return null;
  if (item.mode === 'all') return parts.length === 1 ? (parts[0] as Node) : { and: parts };
  const any: Node = parts.length === 1 ? (parts[0] as Node) : { or: parts };
  return item.mode === 'any' ? any : { not: any };
}
