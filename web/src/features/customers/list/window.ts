import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const OVER = 10;
const STEP = 5;

/**
 * Which rows of equal height are in sight of a scrolling box, some beside them included.
 * @param above px of the box's content before the first row
 */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, height: number, above: number) {
  const [range, setRange] = useState<[number, number]>([0, Math.min(count, 40)]);
  // Read when the box changes its size: asking for it between two drawings makes the browser lay everything out.
  const size = useRef(0);
  const measure = useRef((_top: number) => {});
  measure.current = (scrolled) => {
    const top = Math.max(0, scrolled - above);
    const first = Math.max(0, Math.floor((Math.floor(top / height) - OVER) / STEP) * STEP);
    const rows = Math.ceil(size.current / height) + 2 * OVER + STEP;
    const next: [number, number] = [Math.min(first, Math.max(0, count - 1)), Math.min(count, first + rows)];
    setRange((old) => (old[0] === next[0] && old[1] === next[1] ? old : next));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the rows are others
  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return;
    size.current ||= node.clientHeight;
    measure.current(node.scrollTop);
  }, [box, count, height, above]);
  useEffect(() => {
    const node = box.current;
    if (!node) return;
    let asked = 0;
    const follow = () => {
      if (asked) return;
      asked = requestAnimationFrame(() => {
        asked = 0;
        measure.current(node.scrollTop);
      });
    };
    node.addEventListener('scroll', follow, { passive: true });
    const watch = new ResizeObserver(([entry]) => {
      if (entry) size.current = entry.contentRect.height;
      follow();
    });
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

/** So many new rows are drawn in one frame; the rest keep their place blank until the next. */
const A_FRAME = 6;
/** The first time what is in sight comes at once. */
const AT_FIRST = 24;

/** Says of each row in sight whether it may be drawn now, so that no jump makes a frame long. */
export function useDrawn(count: number): (index: number, id: number) => boolean {
  const drawn = useRef<Set<number>>(new Set());
  const next = new Set<number>();
  let left = drawn.current.size ? A_FRAME : AT_FIRST;
  let waiting = false;
  const [, again] = useState(0);
  useEffect(() => {
    drawn.current = next;
    if (!waiting) return;
    const asked = requestAnimationFrame(() => again((turn) => turn + 1));
    return () => cancelAnimationFrame(asked);
  });
  return (index, id) => {
    const known = drawn.current.has(id);
    if (!known && left <= 0 && index < count) {
      waiting = true;
      return false;
    }
    if (!known) left -= 1;
    next.add(id);
    return true;
  };
}
