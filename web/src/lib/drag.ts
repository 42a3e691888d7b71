import { type PointerEvent as Press, useLayoutEffect, useRef, useState } from 'react';

/** So far the pointer travels before a press becomes a drag, in px. */
const SLOP = 6;
/** So near its edge the scroller moves, by so much each frame. */
const EDGE = 48;
const STEP = 12;

interface Asked<T> {
  movable?: (item: T) => boolean;
  /** What a drop at this point would mean; null where nothing takes it. */
  find: (x: number, y: number, item: T) => string | null;
  drop: (item: T, key: string) => void;
  /** What scrolls while the pointer is near its edge. */
  scroller: () => Element | null;
}
interface Corner {
  left: number;
  top: number;
  width: number;
}
interface Start<T> {
  item: T;
  x: number;
  y: number;
  box: Corner;
}

const push = (at: number, low: number, high: number) =>
  at < low + EDGE ? -STEP : at > high - EDGE ? STEP : 0;

function scroll(box: Element, x: number, y: number): boolean {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const was = [box.scrollLeft, box.scrollTop];
  if (box.scrollWidth > box.clientWidth) box.scrollLeft += push(x, left, right);
  if (box.scrollHeight > box.clientHeight) box.scrollTop += push(y, top, bottom);
  return box.scrollLeft !== was[0] || box.scrollTop !== was[1];
}

/** Drags a thing with the pointer; `find` says what lies under it. Its copy follows without drawing anew. */
export function useDrag<T>(asked: Asked<T>) {
  const [held, setHeld] = useState<T | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const start = useRef<Start<T> | null>(null);
  const dragged = useRef(false);
  const target = useRef<string | null>(null);
  const latest = useRef(asked);
  latest.current = asked;

  useLayoutEffect(() => {
    let frame = 0;
    const look = (x: number, y: number) => {
      const from = start.current;
      if (!from) return;
      if (ghost.current) {
        const { left, top, width } = from.box;
        ghost.current.style.width = `${width}px`;
        ghost.current.style.transform = `translate(${left + x - from.x}px, ${top + y - from.y}px) rotate(1.5deg)`;
      }
      const key = latest.current.find(x, y, from.item);
      if (key !== target.current) {
        target.current = key;
        setOver(key);
      }
    };
    const follow = (x: number, y: number) => {
      cancelAnimationFrame(frame);
      const box = latest.current.scroller();
      if (!start.current || !box) return;
      if (scroll(box, x, y)) look(x, y);
      frame = requestAnimationFrame(() => follow(x, y));
    };
    const moved = (event: PointerEvent) => {
      const from = start.current;
      if (!from) return;
      if (!dragged.current) {
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLOP) return;
        dragged.current = true;
        setHeld(() => from.item);
      }
      event.preventDefault();
      look(event.clientX, event.clientY);
      follow(event.clientX, event.clientY);
    };
    const end = (event: PointerEvent | KeyboardEvent) => {
      const from = start.current;
      if (!from || (event instanceof KeyboardEvent && event.key !== 'Escape')) return;
      const key = target.current;
      cancelAnimationFrame(frame);
      start.current = null;
      target.current = null;
      setHeld(null);
      setOver(null);
      if (event.type === 'pointerup' && dragged.current && key !== null) latest.current.drop(from.item, key);
    };
    window.addEventListener('pointermove', moved, { passive: false });
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', end);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', end);
    };
  }, []);

  return {
    held,
    over,
    ghost,
    /** Whether the press that just ended was a drag, which opens nothing. */
    moved: () => dragged.current,
    /** Fingers scroll, so that they drag only by a handle of their own. `box`: where the copy lies at first. */
    start: (event: Press, item: T, { box, finger = false }: { box?: Corner; finger?: boolean } = {}) => {
      dragged.current = false;
      if (event.button !== 0 || (event.pointerType === 'touch' && !finger)) return;
      if (asked.movable && !asked.movable(item)) return;
      const { clientX: x, clientY: y } = event;
      start.current = { item, x, y, box: box ?? event.currentTarget.getBoundingClientRect() };
    },
  };
}
