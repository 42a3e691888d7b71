import type { Design } from '@/api/designs';
import { forget, recall, remember } from '@/lib/store';
import type { Draft } from './draft';

/** A draft as the device keeps it, with the form that it was begun on. */
export interface Kept {
  base: Pick<Design, 'version' | 'fields' | 'groups'>;
  draft: Draft;
}

const shelf = (org: number, member: number, type: string) => `design.${org}.${member}.${type}`;

export const keepDraft = (org: number, member: number, type: string, kept: Kept): boolean =>
  remember(shelf(org, member, type), kept);
export const keptDraft = (org: number, member: number, type: string): Kept | null =>
  recall<Kept>(shelf(org, member, type));
export const dropDraft = (org: number, member: number, type: string): void =>
  forget(shelf(org, member, type));
