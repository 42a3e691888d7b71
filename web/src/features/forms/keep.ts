import type { Design } from '@/api/designs';
import type { History } from '@/lib/history';
import { forget, recall, remember } from '@/lib/store';
import type { Draft } from './draft';

/** A draft as the device keeps it: its steps, and the form that it was begun on. */
export interface Kept {
  base: Pick<Design, 'version' | 'fields' | 'groups' | 'rules' | 'next_key' | 'type'>;
  history: History<Draft>;
}

type Part = Draft[keyof Draft] | Draft['fields'][number];
/** A hundred steps share nearly all of their fields: each is written once, and named by its place. */
interface Packed {
  base: Kept['base'];
  pool: Part[];
  states: { type: number; fields: number[]; groups: number; rules: number; lists: number }[];
  at: number;
}

export function packed({ base, history }: Kept): Packed {
  const pool: Part[] = [];
  const places = new Map<Part, number>();
  const place = (part: Part): number => {
    const known = places.get(part);
    if (known !== undefined) return known;
    places.set(part, pool.length);
    return pool.push(part) - 1;
  };
  const states = [...history.past, history.now, ...history.future].map((draft) => ({
    type: place(draft.type),
    fields: draft.fields.map(place),
    groups: place(draft.groups),
    rules: place(draft.rules),
    lists: place(draft.lists),
  }));
  return { base, pool, states, at: history.past.length };
}

export function unpacked({ base, pool, states, at }: Packed): Kept {
  const drafts = states.map(
    ({ type, fields, groups, rules, lists }) =>
      ({
        type: pool[type],
        fields: fields.map((one) => pool[one]),
        groups: pool[groups],
        rules: pool[rules],
        lists: pool[lists],
      }) as Draft,
  );
  const now = drafts[at] as Draft;
  return { base, history: { past: drafts.slice(0, at), now, future: drafts.slice(at + 1), tag: '' } };
}

const shelf = (org: number, member: number, type: string) => `drafted.${org}.${member}.${type}`;

export const keepDraft = (org: number, member: number, type: string, kept: Kept): boolean =>
  remember(shelf(org, member, type), packed(kept));

export function keptDraft(org: number, member: number, type: string): Kept | null {
  const found = recall<Packed>(shelf(org, member, type));
  return found ? unpacked(found) : null;
}
export const dropDraft = (org: number, member: number, type: string): void =>
  forget(shelf(org, member, type));
