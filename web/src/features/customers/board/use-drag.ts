import { useLayoutEffect, useRef, useState } from 'react';
import type { CustomerRow } from '@/api/types';

/** So far the pointer travels before a press becomes a drag, in px. */
const SLOP = 6;
const EDGE = 56;

interface Start {
  row: CustomerRow;
  from: string;
  x: number;
  y: number;
  box: DOMRect;
}

/** Drags a card with the pointer; what lies under it is read from `data-drop`. The copy follows without drawing anew. */
export function useDrag(
  movable: (row: CustomerRow) => boolean,
  drop: (row: CustomerRow, key: string) => void,
) {
  const [held, setHeld] = useState<CustomerRow | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const start = useRef<Start | null>(null);
  const dragged = useRef(false);
  const target = useRef<string | null>(null);
  const latest = useRef(drop);
  latest.current = drop;

  useLayoutEffect(() => {
    const place = (x: number, y: number) => {
      const from = start.current;
      if (!from || !ghost.current) return;
      ghost.current.style.width = `${from.box.width}px`;
      ghost.current.style.transform = `translate(${from.box.left + x - from.x}px, ${from.box.top + y - from.y}px) rotate(1.4deg)`;
    };
    const moved = (event: PointerEvent) => {
      const from = start.current;
      if (!from) return;
      if (!dragged.current) {
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLOP) return;
        dragged.current = true;
        setHeld(from.row);
      }
      event.preventDefault();
      place(event.clientX, event.clientY);
      const under = document
        .elementFromPoint(event.clientX, event.clientY)
        ?.closest<HTMLElement>('[data-drop]');
      const key = under ? (under.dataset.drop ?? '') : null;
      if (key !== target.current) {
        target.current = key;
        setOver(key);
      }
      const board = document.querySelector<HTMLElement>('.board');
      if (board) {
        const { left, right } = board.getBoundingClientRect();
        if (event.clientX < left + EDGE) board.scrollLeft -= 12;
        else if (event.clientX > right - EDGE) board.scrollLeft += 12;
      }
    };
    const end = (event: PointerEvent | KeyboardEvent) => {
      const from = start.current;
      if (!from || (event instanceof KeyboardEvent && event.key !== 'Escape')) return;
      const key = target.current;
      start.current = null;
      target.current = null;
      setHeld(null);
      setOver(null);
      if (event.type === 'pointerup' && dragged.current && key && key !== from.from)
        latest.current(from.row, key);
    };
    window.addEventListener('pointermove', moved, { passive: false });
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', end);
    return () => {
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', end);
    };
  }, []);

  return {
    held,
    over,
    from: start.current?.from ?? null,
    ghost,
    /** Whether the press that just ended was a drag, which opens nothing. */
    moved: () => dragged.current,
    start: (event: React.PointerEvent, row: CustomerRow, from: string) => {
      dragged.current = false;
      if (event.button !== 0 || event.pointerType === 'touch' || !movable(row)) return;
      const box = event.currentTarget.getBoundingClientRect();
      start.current = { row, from, x: event.clientX, y: event.clientY, box };
    },
  };
}
