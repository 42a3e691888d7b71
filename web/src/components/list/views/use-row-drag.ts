import { type PointerEvent, useRef, useState } from 'react';

/** The list with the item at `from` at the place `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}

/** Rows that are dragged by their handle, with mouse, pen or finger; `drop` gets the place left and the new one. */
export function useRowDrag(count: number, drop: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const placeOf = (y: number): number => {
    const rows = [...(list.current?.children ?? [])];
    const at = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return at < 0 ? count - 1 : at;
  };
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  const handle = (at: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setFrom(at);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (from !== null) setOver(placeOf(event.clientY));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const to = placeOf(event.clientY);
      if (from !== null && over !== null && to !== from) drop(from, to);
      end();
    },
    onPointerCancel: end,
  });
  return { list, from, over, handle };
}
