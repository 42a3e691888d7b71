import { expect, it } from 'vitest';
import { Stopwatch } from './use-timing';

it('times what was filled in, and counts one correction for each time one comes back and changes it', () => {
  const watch = new Stopwatch();
  watch.enter('name', 0);
  watch.change();
  watch.change();
  watch.enter('region', 4_000);
  watch.enter('name', 5_000);
  watch.change();
  watch.change();
  watch.leave(7_040);
  watch.enter('phone', 9_000);
  watch.change();
  expect(watch.taken(9_500)).toEqual({
    name: { seconds: 6, corrections: 1 },
    phone: { seconds: 0.5, corrections: 0 },
  });
  expect(watch.taken(10_000)).toEqual({});
});

it('says nothing of a field that was only passed, nor that somebody was away for an hour', () => {
  const watch = new Stopwatch();
  watch.enter('name', 0);
  watch.enter('note', 1_000);
  watch.change();
  watch.enter(null, 3_600_000);
  watch.change();
  expect(watch.taken(3_700_000)).toEqual({ note: { seconds: 600, corrections: 0 } });
});
