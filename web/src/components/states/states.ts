import type { RecordState } from '@/api/records';

/** A state while it is edited; `uid` names it until the server has given a key. */
export interface StateDraft {
  uid: string;
  key: string | null;
  zh: string;
  en: string;
  color: string;
  closed: boolean;
  /** uids of what may follow; null: any other. */
  next: string[] | null;
}
/** Those of the charts, which differ for every eye. */
export const COLORS = ['#8E948F', '#4A86D8', '#BF7F14', '#0E6A5E', '#A0609A', '#C0563B'];

let made = 0;
export function newState(zh = '', color = COLORS[0] ?? '', closed = false): StateDraft {
  made += 1;
  return { uid: `s:${Date.now().toString(36)}-${made}`, key: null, zh, en: '', color, closed, next: null };
}

/** The states of a type as they are edited. */
export const statesOf = (states: readonly RecordState[]): StateDraft[] =>
  states.map((one) => ({
    ...{ uid: one.key, key: one.key, zh: one.zh, en: one.en ?? '', color: one.color ?? '' },
    ...{ closed: one.closed ?? false, next: one.next ?? null },
  }));

/** As they are sent: new ones without a key, named by their words. */
export function sentStates(states: readonly StateDraft[]) {
  const named = new Map(states.map((one) => [one.uid, one.key ?? one.zh.trim()]));
  return states
    .filter((one) => one.zh.trim())
    .map(({ key, zh, en, color, closed, next }) => ({
      ...(key ? { key } : {}),
      zh: zh.trim(),
      ...(en && en !== zh ? { en } : {}),
      ...(color ? { color } : {}),
      ...(closed ? { closed } : {}),
      ...(next === null ? {} : { next: next.flatMap((uid) => named.get(uid) ?? []) }),
    }));
}
