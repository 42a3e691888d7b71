import type { Field } from '@/api/types';
import { type Condition, editorOf } from '@/lib/filter';

/** Low and high as the person types them; money is asked for in whole units and kept in the minor one. */
export function rangeCondition(field: Field, low: string, high: string): Condition | null {
  const day = editorOf(field) === 'day';
  const unit = field.type === 'money' ? 100 : 1;
  const read = (text: string) => (day ? text : Math.round(Number(text) * unit));
  const bad = (text: string) => text !== '' && !day && !Number.isFinite(Number(text));
  if (bad(low) || bad(high) || (!low && !high)) return null;
  if (low && high) return { field: field.slug, op: 'between', value: [read(low), read(high)] };
  return low
    ? { field: field.slug, op: 'gte', value: read(low) }
    : { field: field.slug, op: 'lte', value: read(high) };
}
