import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useDrag } from '@/lib/drag';
import { type Draft, partsOf } from './draft';
import type { Carried } from './names';
import { type Box, keyOf, placeAt, placeNow, placesFor } from './places';

interface Lifted {
  item: Carried;
  keys: string[];
  at: number;
}

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/** Cells and heads as they lie on the screen; a cell as broad as its group takes the whole line. */
function boxesIn(canvas: HTMLElement): Box[] {
  return [...canvas.querySelectorAll<HTMLElement>('[data-cell], [data-head]')].map((node) => {
    const { left, top, right, bottom, width } = node.getBoundingClientRect();
    const { cell, head, group = '' } = node.dataset;
    const wide = width > (node.parentElement?.clientWidth ?? width) * 0.6;
    return { uid: cell ?? null, group: head ?? group, left, top, right, bottom, wide };
  });
}

/** Before which group a drop at this height would put another one; `>` with nothing behind it: at the end. */
function groupAt(canvas: HTMLElement, y: number): string {
  const groups = [...canvas.querySelectorAll<HTMLElement>('[data-part]')];
  const next = groups.find((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return y < (top + bottom) / 2;
  });
  return `>${next?.dataset.part ?? ''}`;
}

const inside = (box: DOMRect, x: number, y: number) =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

function lift(draft: Draft, item: Carried): Lifted | null {
  if (item.kind === 'new') return null;
  if (item.kind === 'group') {
    const parts = partsOf(draft).filter((part) => part.fields.length > 0);
    const keys = parts.map((part) => part.key).filter((key) => key !== item.key);
    return {
      item,
      keys: [...keys, ''].map((key) => `>${key}`),
      at: parts.findIndex((part) => part.key === item.key),
    };
  }
  const now = placeNow(draft, item.uid);
  const keys = placesFor(draft, item.uid).map(keyOf);
  return now ? { item, keys, at: keys.indexOf(keyOf(now)) } : null;
}

/** Carrying fields and groups about the form, with the pointer or with Space and the arrows. */
export function useCarry(
  draft: Draft,
  canvas: RefObject<HTMLElement | null>,
  drop: (item: Carried, key: string) => void,
) {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const drag = useDrag<Carried>({
    find: (x, y, item) => {
      const box = canvas.current;
      if (!box || !inside(box.getBoundingClientRect(), x, y)) return null;
      if (item.kind === 'group') return groupAt(box, y);
      const place = placeAt(boxesIn(box), x, y);
      return place ? keyOf(place) : null;
    },
    drop,
    scroller: () => canvas.current,
  });
  // By keyboard the target is brought into sight; the pointer sees where it is.
  const at = lifted?.at;
  useEffect(() => {
    if (at === undefined) return;
    const target = canvas.current?.querySelector('[data-target]');
    (target?.querySelector('.fd-head') ?? target)?.scrollIntoView({ block: 'nearest' });
  }, [at, canvas]);
  const step = (by: number) => {
    if (!lifted) return;
    const next = Math.min(Math.max(0, lifted.at + by), lifted.keys.length - 1);
    setLifted({ ...lifted, at: next });
  };
  /** True when the key was about carrying. */
  const press = (event: KeyboardEvent, item: Carried): boolean => {
    const by = STEPS[event.key];
    if (!lifted) {
      if (event.key !== ' ') return false;
      event.preventDefault();
      setLifted(lift(draft, item));
      return true;
    }
    if (event.key === ' ' || event.key === 'Enter') {
      const key = lifted.keys[lifted.at];
      setLifted(null);
      if (key !== undefined) drop(lifted.item, key);
    } else if (event.key === 'Escape') setLifted(null);
    else if (by) step(by);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    held: drag.held ?? lifted?.item ?? null,
    over: drag.held ? drag.over : lifted ? (lifted.keys[lifted.at] ?? null) : null,
    byPointer: drag.held !== null,
    ghost: drag.ghost,
    moved: drag.moved,
    start: drag.start,
    press,
    /** The focus went elsewhere: what was lifted stays where it was. */
    leave: () => setLifted(null),
  };
}
export type Carry = ReturnType<typeof useCarry>;
