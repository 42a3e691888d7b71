import { useState } from 'react';

/** What was read, and what somebody makes of it. */
export interface Held<T, D> {
  kept: T;
  draft: D;
  /** The version that my own save made. */
  saved?: number;
}

/** What is held when the server's own comes anew: a draft stays with the version it began from, until it is saved or
 *  given up; without changes the newer version is taken over. */
export function renewed<T extends { version: number }, D>(
  held: Held<T, D>,
  latest: T,
  begin: (kept: T) => D,
  dirty: (kept: T, draft: D) => boolean,
): Held<T, D> {
  if (latest === held.kept) return held;
  if (latest.version === held.kept.version) return { ...held, kept: latest };
  if (latest.version !== held.saved && dirty(held.kept, held.draft) && dirty(latest, held.draft)) return held;
  return { kept: latest, draft: begin(latest) };
}

/** A draft of a record that the server may send anew while it is edited. `begin` and `dirty` are the same each time. */
export function useHeld<T extends { version: number }, D>(
  latest: T,
  begin: (kept: T) => D,
  dirty: (kept: T, draft: D) => boolean,
) {
  const [was, setHeld] = useState<Held<T, D>>(() => ({ kept: latest, draft: begin(latest) }));
  const held = renewed(was, latest, begin, dirty);
  if (held !== was) setHeld(held);
  return {
    ...held,
    dirty: dirty(held.kept, held.draft),
    /** Somebody else has saved since the draft was begun. */
    late: held.kept.version !== latest.version && latest.version !== held.saved,
    change: (draft: D | ((old: D) => D)) =>
      setHeld((old) => ({
        ...old,
        draft: typeof draft === 'function' ? (draft as (old: D) => D)(old.draft) : draft,
      })),
    /** Give the draft up for what stands at the server. */
    reset: () => setHeld({ kept: latest, draft: begin(latest) }),
    settled: (version: number) => setHeld((old) => ({ ...old, saved: version })),
  };
}
