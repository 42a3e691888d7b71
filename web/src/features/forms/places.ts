import { type Draft, type Entry, type Part, type Place, partsOf, placeAfter } from './draft';

/** A drawn cell or the head of a group (`uid` null), as it lies on the screen. */
export interface Box {
  uid: string | null;
  group: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Takes the whole line: then above or below decides, else left or right. */
  wide: boolean;
}

export const keyOf = (place: Place): string => `${place.group}|${place.before ?? ''}`;
export function placeOf(key: string): Place {
  const [group = '', before = ''] = key.split('|', 2);
  return { group, before: before || null };
}

const gap = (value: number, low: number, high: number) => Math.max(low - value, 0, value - high);

/** The place that a drop at this point means; null where no form is. */
export function placeAt(boxes: readonly Box[], x: number, y: number): Place | null {
  let nearest: Box | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const away = Math.hypot(gap(x, box.left, box.right), gap(y, box.top, box.bottom));
    if (away >= least) continue;
    least = away;
    nearest = box;
  }
  if (!nearest) return null;
  const { uid, group } = nearest;
  const mates = boxes.filter((box) => box.group === group && box.uid !== null);
  if (uid === null) return { group, before: mates[0]?.uid ?? null };
  const level = y >= nearest.top && y <= nearest.bottom;
  const middle =
    nearest.wide || !level ? (nearest.top + nearest.bottom) / 2 : (nearest.left + nearest.right) / 2;
  if ((nearest.wide || !level ? y : x) < middle) return { group, before: uid };
  const at = mates.findIndex((box) => box.uid === uid);
  return { group, before: mates[at + 1]?.uid ?? null };
}

/** Every place that a field can go to, in the order of the form. */
export function placesFor(draft: Draft, uid: string): Place[] {
  return partsOf(draft).flatMap((part) => [
    ...part.fields
      .filter((field) => field.uid !== uid)
      .map((field) => ({ group: part.key, before: field.uid as string | null })),
    { group: part.key, before: null },
  ]);
}

/** Where the field stands now, among `placesFor`; null for one that is not drawn. */
export function placeNow(draft: Draft, uid: string): Place | null {
  const drawn = partsOf(draft).some((part) => part.fields.some((field) => field.uid === uid));
  return drawn ? placeAfter(draft, uid) : null;
}

/** The field that a place follows, leaving out the one that moves; null at the start of a group. */
export function before(parts: readonly Part[], place: Place, moving: string | null): Entry | null {
  const fields =
    parts.find((part) => part.key === place.group)?.fields.filter((field) => field.uid !== moving) ?? [];
  const at = place.before === null ? fields.length : fields.findIndex((field) => field.uid === place.before);
  return fields[at - 1] ?? null;
}
