/** What can be undone: so many steps. */
export const STEPS = 100;

export interface History<D> {
  past: D[];
  now: D;
  future: D[];
  /** What the last step was about: further letters of the same word are no step of their own. */
  tag: string;
}

export const begin = <D>(now: D): History<D> => ({ past: [], now, future: [], tag: '' });

export function stepped<D>(history: History<D>, now: D, tag = ''): History<D> {
  if (now === history.now) return history;
  const past = tag && tag === history.tag ? history.past : [...history.past, history.now].slice(-STEPS);
  return { past, now, future: [], tag };
}

export function undone<D>(history: History<D>): History<D> {
  const now = history.past.at(-1);
  if (now === undefined) return history;
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future], tag: '' };
}

export function redone<D>(history: History<D>): History<D> {
  const [now, ...future] = history.future;
  if (now === undefined) return history;
  return { past: [...history.past, history.now], now, future, tag: '' };
}

/** The same change in every state, for what undoing must not bring back. */
export const everywhere = <D>(history: History<D>, change: (draft: D) => D): History<D> => ({
  ...history,
  past: history.past.map(change),
  now: change(history.now),
  future: history.future.map(change),
});
