import type { Document } from '@/api/playbooks';
import type { History } from '@/lib/history';
import { forget, recall, remember } from '@/lib/store';
import type { Draft } from './draft';

/** A draft as the device keeps it: what it was begun on, and so many of its last steps. */
export interface Kept {
  base: Document & { version: number };
  history: History<Draft>;
}
/** A hundred steps of a whole process would fill the device; so many outlive a reload. */
const STEPS = 30;

const shelf = (org: number, member: number, key: string) => `shaped.${org}.${member}.${key}`;

export function keepDraft(org: number, member: number, key: string, { base, history }: Kept): boolean {
  const { past, now, future, tag } = history;
  const { key: own, title, condition, nodes, version } = base;
  return remember(shelf(org, member, key), {
    base: { key: own, title, condition, nodes, version },
    history: { past: past.slice(-STEPS), now, future: future.slice(0, STEPS), tag },
  });
}
export const keptDraft = (org: number, member: number, key: string): Kept | null =>
  recall<Kept>(shelf(org, member, key));
export const dropDraft = (org: number, member: number, key: string): void => forget(shelf(org, member, key));
