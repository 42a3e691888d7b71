import { type FocusEvent, type SyntheticEvent, useRef } from 'react';
import { sendTimes } from '@/api/entry';

/** Longer than this nobody fills in one field: he was away. */
const LONGEST_S = 600;

interface Spent {
  ms: number;
  /** Something was written or chosen in it. */
  filled: boolean;
  /** It was left after that; a change from then on is a correction, one each visit. */
  left: boolean;
  corrected: boolean;
  corrections: number;
}

const placeOf = (target: EventTarget): string | null => {
  const row = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-field], [data-part]') : null;
  return row?.dataset.field ?? row?.dataset.part ?? null;
};
const PRESSED = 'button, [role="radio"], [role="option"], input[type="checkbox"], .ant-select-item';

/** Times the fields of one form by where the cursor stands. */
export class Stopwatch {
  private readonly fields = new Map<string, Spent>();
  private open: { key: string; since: number } | null = null;

  enter(key: string | null, at: number): void {
    this.leave(at);
    if (key === null) return;
    this.open = { key, since: at };
    if (!this.fields.has(key))
      this.fields.set(key, { ms: 0, filled: false, left: false, corrected: false, corrections: 0 });
  }
  leave(at: number): void {
    const spent = this.open ? this.fields.get(this.open.key) : null;
    if (spent && this.open) {
      spent.ms += at - this.open.since;
      spent.left = spent.filled;
      spent.corrected = false;
    }
    this.open = null;
  }
  change(): void {
    const spent = this.open ? this.fields.get(this.open.key) : null;
    if (!spent) return;
    if (spent.left && !spent.corrected) {
      spent.corrections += 1;
      spent.corrected = true;
    }
    spent.filled = true;
  }
  /** Seconds and corrections of what was filled in; it starts anew. */
  taken(at: number): Record<string, { seconds: number; corrections: number }> {
    this.leave(at);
    const filled = [...this.fields].filter(([, spent]) => spent.filled);
    this.fields.clear();
    return Object.fromEntries(
      filled.map(([key, { ms, corrections }]) => [
        key,
        { seconds: Math.min(LONGEST_S, Math.round(ms / 100) / 10), corrections },
      ]),
    );
  }
}

/** What a form takes, field by field: `watch` goes onto an element around it, `send` after it was submitted. No text
 *  and no record is sent; the server adds the times up over the team. */
export function useTiming(record: string) {
  const watch = useRef(new Stopwatch());
  const now = () => performance.now();
  return {
    watch: {
      onFocus: (event: FocusEvent) => watch.current.enter(placeOf(event.target), now()),
      onBlur: () => watch.current.leave(now()),
      onInput: () => watch.current.change(),
      onClick: (event: SyntheticEvent) => {
        if (event.target instanceof Element && event.target.closest(PRESSED)) watch.current.change();
      },
    },
    send: () => sendTimes(record, watch.current.taken(now())),
  };
}
