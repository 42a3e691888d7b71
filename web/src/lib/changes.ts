type Values = Record<string, unknown>;

/** Whether two field values mean the same: blank is blank, lists and ranges go by content, people by their id. */
export function same(one: unknown, two: unknown): boolean {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(two));
}

function bare(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length ? value : null;
  if (typeof value === 'object') {
    const range = value as { id?: unknown; low?: unknown; high?: unknown };
    if ('id' in range) return range.id;
    if ('low' in range || 'high' in range) {
      return range.low == null && range.high == null ? null : [range.low ?? null, range.high ?? null];
    }
  }
  return value;
}

/** Only what differs from the record as it was read: that is what is sent. */
export function changed(record: object, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([slug, value]) => !same((record as Values)[slug], value)),
  );
}
