import type { FieldMarks, Mark, RoleWhole, Scopes, Subject } from '@/api/team';

/** What a role says, as it is edited. */
export interface RoleDraft {
  zh: string;
  en: string;
  verbs: string[];
  scopes: Scopes;
  fields: FieldMarks;
}

export const draftOf = ({ zh, en, verbs, scopes, fields }: RoleWhole): RoleDraft => ({
  zh,
  en,
  verbs,
  scopes,
  fields,
});

const all = (subject: Pick<Subject, 'key'>) => `${subject.key}.*`;

/** Whether the verbs and patterns of a role cover a verb. */
export function holds(verbs: readonly string[], name: string): boolean {
  return verbs.includes('*') || verbs.includes(name) || verbs.includes(`${name.split('.')[0]}.*`);
}

/** How much of a subject a role holds. */
export function heldOf(verbs: readonly string[], subject: Subject): 'all' | 'some' | 'none' {
  const held = subject.verbs.filter((one) => holds(verbs, one.name)).length;
  return held === subject.verbs.length ? 'all' : held ? 'some' : 'none';
}

/** `*` as one pattern a subject, so that something can be taken out of it. */
function spread(verbs: readonly string[], subjects: readonly Subject[]): string[] {
  return verbs.includes('*') ? subjects.map(all) : [...verbs];
}

const without = (verbs: readonly string[], subject: Subject) =>
  verbs.filter((name) => name.split('.')[0] !== subject.key);

/** The whole subject, also what it will hold in later versions, or nothing of it. */
export function setSubject(
  verbs: readonly string[],
  subjects: readonly Subject[],
  subject: Subject,
  on: boolean,
): string[] {
  const rest = without(spread(verbs, subjects), subject);
  return on ? [...rest, all(subject)] : rest;
}

/** One verb more or less; all of a subject one by one are the subject as a whole. */
export function setVerb(
  verbs: readonly string[],
  subjects: readonly Subject[],
  subject: Subject,
  name: string,
  on: boolean,
): string[] {
  const kept = subject.verbs.map((one) => one.name).filter((one) => (one === name ? on : holds(verbs, one)));
  const rest = without(spread(verbs, subjects), subject);
  return kept.length === subject.verbs.length ? [...rest, all(subject)] : [...rest, ...kept];
}

const COVERS: Record<string, string[]> = {
  all: ['self', 'collaborator', 'department', 'subtree'],
  subtree: ['department'],
};

/** Rows more or less; what a wider choice covers is not named beside it. */
export function setScope(scopes: Scopes, type: string, act: string, name: string, on: boolean): Scopes {
  const held = scopes[type]?.[act] ?? [];
  const names = on ? [...held.filter((one) => one !== name), name] : held.filter((one) => one !== name);
  const covered = new Set(names.flatMap((one) => COVERS[one] ?? []));
  return { ...scopes, [type]: { ...scopes[type], [act]: names.filter((one) => !covered.has(one)) } };
}

/** Whether a scope is held, by name or within a wider one. */
export function reaches(scopes: Scopes, type: string, act: string, name: string): boolean {
  const held = scopes[type]?.[act] ?? [];
  return held.some((one) => one === name || COVERS[one]?.includes(name));
}

export function setMark(fields: FieldMarks, type: string, slug: string, mark: Mark | ''): FieldMarks {
  const { [slug]: _, ...rest } = fields[type] ?? {};
  return { ...fields, [type]: mark ? { ...rest, [slug]: mark } : rest };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What differs from the role as it was read. */
export function changesOf(role: RoleWhole, draft: RoleDraft): Partial<RoleDraft> {
  const old = draftOf(role);
  return Object.fromEntries(
    (Object.keys(draft) as (keyof RoleDraft)[])
      .filter((key) => !same(old[key], draft[key]))
      .map((key) => [key, draft[key]]),
  );
}
