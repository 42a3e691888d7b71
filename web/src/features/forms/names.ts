import type { Words } from '@/api/types';
import { words } from '@/lib/names';
import { type Key, t } from '@/locales';
import type { Draft, Entry } from './draft';
import { entryOf, type Place, partsOf } from './draft';
import { before, placeOf } from './places';

/** The words of a field; one that is not named yet says so. */
export const nameOf = (field: Words): string => words(field) || t('forms.nameless');

const said = (key: string): string | null => {
  const text = t(key as Key);
  return text === key ? null : text;
};

/** The heading of a group: the team's own words, else those of the house. */
export function groupName(draft: Draft, key: string): string {
  const own = draft.groups.find((group) => group.key === key);
  if (own) return nameOf(own);
  return said(`page.group_${key}`) ?? said(`forms.group_${key}`) ?? key;
}

/** Where a drop would land, in words. */
export function landing(draft: Draft, place: Place, moving: string | null): string {
  const ahead: Entry | null = before(partsOf(draft), place, moving);
  return ahead
    ? t('forms.land_after', { name: nameOf(ahead) })
    : t('forms.land_first', { name: groupName(draft, place.group) });
}

/** The same for a group, by the key of the one it would stand before. */
export const landingOfGroup = (draft: Draft, next: string): string =>
  next ? t('forms.land_before', { name: groupName(draft, next) }) : t('forms.land_last');

/** What a press on Space has picked up, or what hangs on the pointer. */
export type Carried =
  | { kind: 'field'; uid: string }
  | { kind: 'new'; type: string; name: string }
  | { kind: 'group'; key: string };

export function carriedName(draft: Draft, item: Carried): string {
  if (item.kind === 'new') return item.name;
  if (item.kind === 'group') return groupName(draft, item.key);
  const entry = entryOf(draft, item.uid);
  return entry ? nameOf(entry) : '';
}

/** The landing place of whatever is carried; `key` as `use-carry` makes it. */
export function landingOf(draft: Draft, item: Carried, key: string): string {
  if (item.kind === 'group') return landingOfGroup(draft, key.slice(1));
  return landing(draft, placeOf(key), item.kind === 'field' ? item.uid : null);
}
