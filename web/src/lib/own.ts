import type { Field, OwnKey } from '@/api/types';

/** Is this the key of a team's own field? */
export const isOwn = (slug: string): slug is OwnKey => /^cf_\d+$/.test(slug);

/** Is there nothing in it? `false` and 0 are something. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object') return false;
  if ('text' in value) return isBlank(value.text);
  if ('region' in value) return isBlank(value.region) && isBlank((value as { street?: unknown }).street);
  const range = value as { low?: unknown; high?: unknown };
  return ('low' in range || 'high' in range) && range.low == null && range.high == null;
}

/** May the reader write it? */
export const isOpen = (field: Field): boolean => !field.read_only && !field.mark;
