import type { Field, FieldType } from '@/api/types';
import { t } from '@/locales';
import { formatMoney } from './money';
import { words } from './names';
import type { Labels } from './options';

export type Operator = 'in' | 'contains' | 'gte' | 'lte' | 'between' | 'eq' | 'has' | 'empty' | 'not_empty';
export type Scalar = string | number | boolean;
export type FilterValue = Scalar | Scalar[] | { relative: string } | null;
/** One condition of the filter expression. */
export interface Condition {
  field: string;
  op: Operator;
  value?: FilterValue;
}

/** How a condition on a field is asked for. */
export type Editor = 'choice' | 'member' | 'text' | 'tag' | 'figure' | 'day' | 'yes_no';

const EDITORS: Partial<Record<FieldType, Editor>> = {
  option: 'choice',
  options: 'tag',
  tags: 'tag',
  member: 'member',
  number: 'figure',
  money: 'figure',
  rating: 'figure',
  date: 'day',
  datetime: 'day',
  bool: 'yes_no',
  text: 'text',
  longtext: 'text',
  richtext: 'text',
  phone: 'text',
  email: 'text',
};

/** Fields a person may filter by; departments come with their own screen. */
export function editorOf(field: Field): Editor | null {
  return field.filter ? (EDITORS[field.type] ?? null) : null;
}

/** The expression the API takes; nothing when there is no condition. */
export function toExpression(conditions: readonly Condition[]): string | undefined {
  if (conditions.length === 0) return undefined;
  const parts = conditions.map(({ field, op, value }) =>
    op === 'empty' || op === 'not_empty' ? { field, op } : { field, op, value },
  );
  return JSON.stringify(parts.length === 1 ? parts[0] : { and: parts });
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const { field, op } = value as Record<string, unknown>;
  return typeof field === 'string' && typeof op === 'string';
}

/** Reads back what `toExpression` wrote; anything else gives no conditions. */
export function fromExpression(raw: string | null): Condition[] {
  if (!raw) return [];
  try {
    const read: unknown = JSON.parse(raw);
    if (isCondition(read)) return [read];
    const parts = (read as { and?: unknown }).and;
    return Array.isArray(parts) ? parts.filter(isCondition) : [];
  } catch {
    return [];
  }
}

const RELATIVE: Record<string, 'customers.last_7' | 'customers.last_30' | 'customers.before_30'> = {
  '-7d': 'customers.last_7',
  '-30d': 'customers.last_30',
};

function figure(field: Field | undefined, value: unknown): string {
  const number = Number(value);
  return field?.type === 'money' ? formatMoney(number) : String(value);
}

function range(field: Field | undefined, { op, value }: Condition): string {
  if (typeof value === 'object' && value !== null && 'relative' in value) {
    const key = op === 'lte' ? 'customers.before_30' : RELATIVE[value.relative];
    return key ? t(key) : value.relative;
  }
  if (op === 'between' && Array.isArray(value)) {
    return `${figure(field, value[0])} – ${figure(field, value[1])}`;
  }
  const side = field?.type === 'date' || field?.type === 'datetime' ? 'day' : 'figure';
  const low = side === 'day' ? t('customers.since') : t('customers.at_least');
  const high = side === 'day' ? t('customers.until') : t('customers.at_most');
  return `${op === 'gte' ? low : high} ${figure(field, value)}`;
}

/** A condition as words: field and value, e.g. 阶段 · 定制方案、谈判签约. */
export function describe(
  condition: Condition,
  labels: Labels,
  memberName: (id: number) => string,
): { name: string; value: string } {
  const field = labels.field('customer', condition.field);
  const name = field ? words(field.label) : condition.field;
  const { op, value } = condition;
  if (op === 'empty') return { name, value: t('customers.empty_or') };
  if (op === 'not_empty') return { name, value: t('customers.not_empty') };
  if (op === 'contains') return { name, value: `${t('customers.contains')} ${String(value)}` };
  if (op === 'has')
    return { name, value: labels.label(field?.options ?? '', String(value)) || String(value) };
  if (op === 'in' && Array.isArray(value)) {
    const each = value.map((one) => {
      if (field?.type === 'member') return one === 'me' ? t('customers.me') : memberName(Number(one));
      return labels.label(field?.options ?? '', String(one));
    });
    return { name, value: each.join('、') };
  }
  if (op === 'eq' && typeof value === 'boolean')
    return { name, value: value ? t('customers.yes') : t('customers.no') };
  return { name, value: range(field, condition) };
}
