import type { DesignBody, Impact } from '@/api/designs';
import { dayOf, shiftDay } from '@/lib/calendar';
import { now } from '@/lib/time';
import type { Change } from './changes';
import { bodyOf, type Draft, entryOf, foreseen, patch } from './draft';
import { isOption } from './lists';
import type { Document } from './use-designer';

const DAYS = 14;
/** The day from which what is only reminded of now is demanded. */
export const softDay = (): string => shiftDay(dayOf(now()), DAYS);

/** The draft as it is replayed: its options stand under the names of the screen until they are saved. */
export function replayed(draft: Draft, base: Document): DesignBody & { lists: Record<string, string[]> } {
  const lists = Object.entries(draft.lists).map(([name, list]) => [
    name,
    list.items.filter(isOption).map((item) => item.key ?? item.uid),
  ]);
  return { ...bodyOf(draft, base, '', new Map()), lists: Object.fromEntries(lists) };
}

/** One line of the drawer: a change and what it would have done. */
export interface Effect {
  change: Change;
  stopped: number;
  reminded: number;
  /** It can be a reminder first: a demand of a field that the code could do without. */
  softens: boolean;
}

/** What each change of the draft would have done, in the order of the form. */
export function effectsOf(changes: readonly Change[], draft: Draft, base: Document, found: Impact): Effect[] {
  const coming = foreseen(draft, base.next_key);
  const of = (uid: string) => {
    const at = draft.rules.findIndex((rule) => rule.uid === uid);
    const key = coming.get(uid) ?? uid;
    return found.by_change.find((one) => (at < 0 ? one.rule === null && one.key === key : one.rule === at));
  };
  return changes.map((change) => {
    const effect = of(change.uid);
    const stopped = effect?.stopped ?? 0;
    const softens = stopped > 0 && (entryOf(draft, change.uid)?.can.loosen ?? false);
    return { change, stopped, reminded: effect?.reminded ?? 0, softens };
  });
}

/** The draft with these demands as reminders until that day. */
export const softened = (draft: Draft, uids: ReadonlySet<string>, day: string): Draft =>
  [...uids].reduce((next, uid) => patch(next, uid, { required_from: day }), draft);
