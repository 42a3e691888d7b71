import type { TypeChoice } from '@/api/designs';
import type { PackChange } from '@/api/packs';
import type { Schema } from '@/api/types';
import { capital, words } from '@/lib/names';
import { isOwn } from '@/lib/own';
import { type Key, t } from '@/locales';

type Facts = Record<string, unknown>;
/** What names are looked up in: the field list as it is, what the pack changes, the types of fields in words. */
export interface Naming {
  schema: Schema | undefined;
  changes: readonly PackChange[];
  types: readonly TypeChoice[];
}

const facts = (value: unknown): Facts =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Facts) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const join = (parts: readonly string[]): string => parts.join(t('packs.and'));

/** A record type by its label; one of the pack's own as the pack calls it. */
export const typeName = (of: string, { schema, changes }: Naming): string => {
  const coming = changes.find((one) => one.section === 'types' && one.key === of);
  const label = schema?.record_types[of]?.label ?? coming;
  return label ? capital(words(label)) : of;
};

/** A list of options is called after the fields that choose from it; its key where no field does. */
export function listName(name: string, { schema, changes }: Naming): string {
  const fields = Object.values(schema?.record_types ?? {}).flatMap((type) => type.fields);
  const users = fields.filter((field) => field.options === name).map((field) => words(field.label));
  const coming = changes
    .filter((one) => one.section === 'forms' && facts(one.after).options === name)
    .map((one) => words(one));
  return join([...new Set([...users, ...coming])].slice(0, 2)) || name;
}

export const partName = (section: string, of: string, naming: Naming): string =>
  section === 'options'
    ? listName(of, naming)
    : section === 'standard'
      ? t(`packs.standard_${of as StandardPart}`)
      : of
        ? typeName(of, naming)
        : '';

const SETTINGS: ReadonlySet<string> = new Set(['review', 'targets', 'ladders', 'pools']);

/** A built-in field stands in a form from the start: the pack only says what is to differ. */
const builtIn = (one: PackChange): boolean => one.section === 'forms' && !isOwn(one.key);

export function titleOf(one: PackChange, { schema }: Naming): string {
  if (one.what === 'order') return t(`packs.order_${orderOf(one.section)}`);
  if (one.section === 'settings')
    return SETTINGS.has(one.key)
      ? t(`packs.set_${one.key as 'review' | 'targets' | 'ladders' | 'pools'}`)
      : one.key;
  const label = schema?.record_types[one.of]?.fields.find((field) => field.slug === one.key)?.label;
  if (builtIn(one) && label && !facts(one.after).zh) return words(label);
  return words(one);
}

function orderOf(section: string): 'options' | 'fields' | 'groups' | 'other' {
  if (section === 'forms') return 'fields';
  return section === 'options' || section === 'groups' ? section : 'other';
}

/** Parts of an item in words; several keys may say one thing. */
const PARTS: Record<string, Key> = {
  zh: 'packs.part_name',
  en: 'packs.part_name',
  type: 'packs.part_type',
  options: 'packs.part_list',
  group: 'packs.part_group',
  settings: 'packs.part_settings',
  help_zh: 'packs.part_help',
  help_en: 'packs.part_help',
  good: 'packs.part_examples',
  bad: 'packs.part_examples',
  visible_when: 'packs.part_visible',
  required_when: 'packs.part_must',
  must: 'packs.part_condition',
  states: 'packs.part_states',
  customer: 'packs.part_customer',
  synonyms: 'packs.part_synonyms',
  facts: 'packs.part_facts',
  scopes: 'packs.part_scopes',
  fields: 'packs.part_fields',
  sections: 'packs.part_sections',
  filter: 'packs.part_filter',
  sort: 'packs.part_sort',
  columns: 'packs.part_columns',
  shared: 'packs.part_shared',
  roles: 'packs.part_shared',
  condition: 'packs.part_condition',
  title: 'packs.part_name',
  stages: 'packs.part_steps',
  nodes: 'packs.part_nodes',
};
/** Marks that are on or off say what becomes of the item. */
const MARKS: Record<string, [on: Key, off: Key]> = {
  required: ['packs.required', 'packs.required_no'],
  hidden: ['packs.hidden', 'packs.hidden_no'],
  retired: ['packs.retired', 'packs.retired_no'],
};

/** The same text for the same value, in whatever order its keys were written. */
const written = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, each) =>
    Array.isArray(each)
      ? each
      : each && typeof each === 'object'
        ? Object.fromEntries(Object.entries(each).sort())
        : each,
  );
const differing = (before: Facts, after: Facts): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'key' && written(before[name]) !== written(after[name]),
  );

const called = ({ zh = '', en = '' }: Facts): string => words({ zh: String(zh), en: String(en) });

/** How many acts a role gains and loses. */
function verbs(before: Facts, after: Facts): string[] {
  const [had, has] = [list(before.verbs), list(after.verbs)];
  const more = has.filter((one) => !had.includes(one)).length;
  const less = had.filter((one) => !has.includes(one)).length;
  return [
    more ? t('packs.verbs_more', { n: more }) : '',
    less ? t('packs.verbs_less', { n: less }) : '',
  ].filter(Boolean);
}

function changed(before: Facts, after: Facts): string {
  const names = differing(before, after);
  const marks = names.flatMap((name) => {
    const mark = MARKS[name];
    return mark ? [t(after[name] ? mark[0] : mark[1])] : [];
  });
  if (names.includes('verbs')) marks.push(...verbs(before, after));
  const rest = names.filter((name) => !MARKS[name] && name !== 'verbs');
  const parts = [...new Set(rest.map((name) => t(PARTS[name] ?? 'packs.part_other')))];
  const name = called(before);
  if (name && name !== called(after) && parts.length === 1) marks.unshift(t('packs.renamed', { name }));
  else if (parts.length) marks.unshift(t('packs.changed', { what: join(parts) }));
  return capital(marks.join(' · '));
}

type StandardPart = 'rules' | 'required' | 'thresholds' | 'words' | 'glossary';
const SEVERITIES: Record<string, Key> = {
  error: 'packs.severity_error',
  warning: 'packs.severity_warning',
  hint: 'packs.severity_hint',
  off: 'packs.severity_off',
};

/** What a pack says of the standard: how a rule counts, from where on, which words come and go. */
function ofStandard({ of, after }: PackChange): string {
  if (after === null || after === undefined) return t('packs.standard_back');
  if (of === 'thresholds') return String(after);
  if (of === 'glossary') return String(after) || t('packs.standard_known');
  const said = facts(after);
  if (of === 'words') {
    const count = (n: number, key: Key) => (n ? t(key, { n }) : '');
    const parts = [
      count(list(said.add).length, 'packs.words_added'),
      count(list(said.drop).length, 'packs.words_out'),
    ];
    return parts.filter(Boolean).join(' · ');
  }
  const severity = SEVERITIES[String(said.severity)];
  const weight = said.weight === undefined ? '' : t('packs.points', { n: Number(said.weight) });
  return [severity ? t(severity) : '', weight].filter(Boolean).join(' · ');
}

function added(one: PackChange, { types }: Naming): string {
  const after = facts(one.after);
  switch (one.section) {
    case 'forms': {
      const type = types.find((each) => each.type === after.type);
      const must = after.required ? t('packs.required') : '';
      const away = after.hidden ? t('packs.hidden') : '';
      return [t('packs.added_field'), type ? words(type.label) : '', must, away].filter(Boolean).join(' · ');
    }
    case 'types':
      return t('packs.added_type', { n: list(after.states).length });
    case 'groups':
      return t('packs.added_group');
    case 'rules':
      return t('packs.added_rule');
    case 'roles':
      return t('packs.added_role', { n: list(after.verbs).length });
    case 'templates':
      return t('packs.added_template', { n: list(after.sections).length });
    case 'automations':
      return t('packs.added_automation');
    case 'flows':
      return t('packs.added_flow', { n: list(after.stages).length });
    case 'playbooks':
      return t('packs.added_playbook', { n: list(after.nodes).length });
    case 'pools':
      return t('packs.added_pool');
    case 'views':
      return t(after.shared === 'all' ? 'packs.added_view_all' : 'packs.added_view_roles');
    default:
      return t('packs.added');
  }
}

/** The way through a process: 询盘 → 报价 → 打样寄样. */
const wayOf = (book: Facts): string =>
  list(book.nodes)
    .map(facts)
    .filter((node) => !node.beside)
    .map(called)
    .join(' → ');

/** What becomes of an item, in one line. */
export function wordsOf(one: PackChange, naming: Naming): string {
  if (one.what === 'order') return t('packs.order');
  if (one.section === 'standard') return ofStandard(one);
  if (one.what === 'removed') return t('packs.removed');
  if (one.section === 'settings')
    return t('packs.changed_many', { n: differing(facts(one.before), facts(one.after)).length });
  const said =
    one.what === 'changed' || builtIn(one)
      ? changed(facts(one.before), facts(one.after)) || t('packs.placed')
      : added(one, naming);
  return one.section === 'playbooks' ? `${said} · ${wayOf(facts(one.after))}` : said;
}

/** The head of a part: how many of its items come, change and go. */
export function countsOf(changes: readonly PackChange[]): string {
  const kinds = changes.map((one) => (one.what === 'added' && builtIn(one) ? 'changed' : one.what));
  return (['added', 'changed', 'removed'] as const)
    .map((what) => [what, kinds.filter((one) => one === what).length] as const)
    .filter(([, n]) => n)
    .map(([what, n]) => t(`packs.count_${what}`, { n }))
    .join(' · ');
}
