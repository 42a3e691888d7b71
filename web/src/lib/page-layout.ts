export type Column = 'main' | 'side' | 'hidden';
/** One part of a record's page: one of the code's, or `group:<key>`, a group of fields with a place of its own. */
export interface PagePart {
  key: string;
  place: Column;
}

const GROUP = 'group:';
/** The group of fields that a part is, where it is one. */
export const groupOf = (part: PagePart): string | null =>
  part.key.startsWith(GROUP) ? part.key.slice(GROUP.length) : null;
export const groupPart = (key: string, place: Column): PagePart => ({ key: `${GROUP}${key}`, place });

/** The page as the team has arranged it; parts that it does not name stand behind, where the code has them. */
export function arranged(usual: readonly PagePart[], said: readonly PagePart[]): PagePart[] {
  const named = new Set(said.map((part) => part.key));
  const known = new Set(usual.map((part) => part.key));
  return [
    ...said.filter((part) => known.has(part.key) || groupOf(part) !== null),
    ...usual.filter((part) => !named.has(part.key)),
  ];
}

/** The groups that have a place of their own; whatever shows all fields leaves them out. */
export const ownGroups = (parts: readonly PagePart[]): Set<string> =>
  new Set(parts.flatMap((part) => groupOf(part) ?? []));

export const inColumn = (parts: readonly PagePart[], place: Column): string[] =>
  parts.filter((part) => part.place === place).map((part) => part.key);

/** The same with one part a place further up or down. */
export function shifted(parts: readonly PagePart[], at: number, by: number): PagePart[] {
  const next = [...parts];
  const [part] = next.splice(at, 1);
  if (part) next.splice(at + by, 0, part);
  return next;
}
