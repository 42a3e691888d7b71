import { startTransition, useEffect, useState } from 'react';

/** As many as fill the first screen. */
const FIRST = 8;
const MORE = 12;

/** How many of the cells are drawn whole by now: those in sight at once, the rest when the browser has time. */
export function useGrowing(total: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  useEffect(() => {
    if (drawn >= total) return;
    const grow = () => startTransition(() => setDrawn((now) => now + MORE));
    const timer = setTimeout(grow, 0);
    return () => clearTimeout(timer);
  }, [drawn, total]);
  return drawn;
}
