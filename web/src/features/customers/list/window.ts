import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const OVER = 10;
const STEP = 5;

/**
 * Which rows of equal height are in sight of a scrolling box, some beside them included.
 * @param above px of the box's content before the first row
 */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, height: number, above: number) {
  const [range, setRange] = useState<[number, number]>([0, Math.min(count, 40)]);
  const measure = useRef(() => {});
  measure.current = () => {
    const node = box.current;
    if (!node) return;
    const top = Math.max(0, node.scrollTop - above);
    const first = Math.max(0, Math.floor((Math.floor(top / height) - OVER) / STEP) * STEP);
    const rows = Math.ceil(node.clientHeight / height) + 2 * OVER + STEP;
    const next: [number, number] = [Math.min(first, Math.max(0, count - 1)), Math.min(count, first + rows)];
    setRange((old) => (old[0] === next[0] && old[1] === next[1] ? old : next));
  };
  useLayoutEffect(() => measure.current());
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    let asked = 0;
    const follow = () => {
      if (asked) return;
      asked = requestAnimationFrame(() => {
        asked = 0;
        measure.current();
      });
    };
    node.addEventListener('scroll', follow, { passive: true });
    const watch = new ResizeObserver(follow);
    watch.observe(node);
    return () => {
      node.removeEventListener('scroll', follow);
      watch.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [box]);
  return { first: range[0], last: Math.min(range[1], count) };
}

/** Scroll the box so far that the row is in sight below a head of `above` px. */
export function reveal(box: HTMLElement | null, index: number, height: number, above: number): void {
  if (!box) return;
  const top = index * height;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height + above > box.scrollTop + box.clientHeight)
    box.scrollTop = top + height + above - box.clientHeight;
}
