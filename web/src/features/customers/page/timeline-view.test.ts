import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '@/api/types';
import { weave } from './timeline-view';

const contact = (id: number, at: string, attempt: string | null = null) =>
  ({ kind: 'followup', id, at, attempt }) as TimelineItem;
const event = (id: number, at: string) => ({ kind: 'event', id, at }) as TimelineItem;
const NOW = new Date('2026-11-24T02:00:00Z');
const silences = (items: TimelineItem[], cadence: number | null) =>
  weave(items, cadence, NOW).flatMap((row) => (row.kind === 'silence' ? [[row.key, row.days, row.now]] : []));

describe('silence in the timeline', () => {
  it('is drawn where two contacts lie further apart than the class allows', () => {
    const items = [
      contact(3, '2026-11-20T06:00:00Z'),
      contact(2, '2026-11-18T02:00:00Z'),
      contact(1, '2026-11-09T02:00:00Z'),
    ];
    expect(silences(items, 7)).toEqual([['gap-1', 9, false]]);
  });
  it('goes on until today when nobody has called since', () => {
    expect(silences([contact(1, '2026-11-10T02:00:00Z')], 7)).toEqual([['gap-1', 14, true]]);
  });
  it('is not ended by an attempt nor by a change', () => {
    const items = [
      contact(3, '2026-11-23T02:00:00Z'),
      contact(2, '2026-11-15T02:00:00Z', 'no_answer'),
      event(9, '2026-11-14T02:00:00Z'),
      contact(1, '2026-11-12T02:00:00Z'),
    ];
    expect(silences(items, 7)).toEqual([['gap-1', 11, false]]);
  });
  it('counts the allowed number of days as in time, and needs a cadence', () => {
    const items = [contact(2, '2026-11-24T01:00:00Z'), contact(1, '2026-11-17T01:00:00Z')];
    expect(silences(items, 7)).toEqual([]);
    expect(silences([contact(1, '2020-01-01T00:00:00Z')], null)).toEqual([]);
  });
  it('keeps every row in its order', () => {
    const items = [event(2, '2026-11-20T00:00:00Z'), contact(1, '2026-11-01T00:00:00Z')];
    expect(weave(items, 7, NOW).map((row) => row.key)).toEqual(['event-2', 'gap-1', 'followup-1']);
  });
});
