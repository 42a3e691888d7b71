/** Safari has no idle callbacks: there it is so long after. */
const LATER_MS = 800;

/** Do something once the page has nothing else to do; returns how to call it off. */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(run, { timeout: LATER_MS });
    return () => cancelIdleCallback(handle);
  }
  const handle = window.setTimeout(run, LATER_MS);
  return () => window.clearTimeout(handle);
}
