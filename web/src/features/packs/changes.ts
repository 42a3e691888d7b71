import type { PackChange } from '@/api/packs';

/** A change with the number that ties its words to its lines. */
export interface Numbered extends PackChange {
  n: number;
}
/** Changes of one list of options or one record type. */
export interface Part {
  of: string;
  changes: Numbered[];
}
export type SectionKey =
  | 'options'
  | 'types'
  | 'forms'
  | 'templates'
  | 'roles'
  | 'views'
  | 'flows'
  | 'playbooks'
  | 'pools'
  | 'automations'
  | 'standard'
  | 'settings';
export interface Section {
  key: SectionKey;
  parts: Part[];
}

const SECTIONS: readonly SectionKey[] = [
  'options',
  'types',
  'forms',
  'templates',
  'roles',
  'views',
  'flows',
  'playbooks',
  'pools',
  'automations',
  'standard',
  'settings',
];
/** Groups and rules belong to a form. */
const FORM = ['groups', 'forms', 'rules', 'pages'];

/**
 * All changes of a pack, those left out among them: `whole` is what it would change if nothing were left out, `now`
 * what it changes without `left`. What has only come up without them stands at the end; what is gone for another
 * reason is gone.
 */
export function joined(
  whole: readonly PackChange[],
  now: readonly PackChange[],
  left: ReadonlySet<string>,
): PackChange[] {
  const still = new Set(now.map((one) => one.id));
  const known = new Set(whole.map((one) => one.id));
  return [
    ...whole.filter((one) => left.has(one.id) || still.has(one.id)),
    ...now.filter((one) => !known.has(one.id)),
  ];
}

/** The changes by section, list and record type, numbered as they are read. */
export function sectionsOf(changes: readonly PackChange[]): Section[] {
  let n = 0;
  return SECTIONS.flatMap((key) => {
    const names = key === 'forms' ? FORM : [key];
    const inside = names.flatMap((name) => changes.filter((one) => one.section === name));
    if (!inside.length) return [];
    const parts = [...new Set(inside.map((one) => one.of))].map((of) => ({
      of,
      changes: inside
        .filter((one) => one.of === of)
        .map((one) => {
          n += 1;
          return { ...one, n };
        }),
    }));
    return [{ key, parts }];
  });
}

export const changesIn = (section: Section): Numbered[] => section.parts.flatMap((part) => part.changes);

/** `left` with these changes taken out, or taken in again. */
export function setLeft(
  left: ReadonlySet<string>,
  changes: readonly PackChange[],
  out: boolean,
): Set<string> {
  const next = new Set(left);
  for (const { id } of changes) {
    if (out) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Where a refusal belongs (`roles.rep.verbs`, `views.大客户`, `forms.customer.fields.3`): the changes it may be about. */
export function refusedAt(field: string | null, changes: readonly PackChange[]): PackChange[] {
  const [section = '', of = '', part = ''] = (field ?? '').split('.');
  if (section === 'forms' && of) {
    const named = changes.filter((one) => FORM.includes(one.section) && one.of === of);
    const exact = named.filter((one) => one.key === part);
    return exact.length ? exact : named;
  }
  return of ? changes.filter((one) => one.section === section && (one.key === of || one.of === of)) : [];
}
