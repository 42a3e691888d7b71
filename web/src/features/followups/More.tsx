import { Info, Plus } from 'lucide-react';
import { applies, type Template, type TemplatePart, type TemplateSection } from '@/api/templates';
import { Pick } from '@/components/Pick';
import { groupsOf } from '@/lib/filling';
import { standing } from '@/lib/judge';
import { words } from '@/lib/names';
import { isOpen, isOwn } from '@/lib/own';
import { t } from '@/locales';
import { countOf } from './draft';
import { Facts } from './Facts';
import { Part } from './groups/Part';
import { ordinal } from './ordinal';
import type { Log } from './use-log';
import './template.css';

/** Inputs that stand above, whatever the template; it only says in which section they are shown. */
const ABOVE = ['contact_at', 'channel', 'summary', 'feedback', 'next_steps', 'contacted_by', 'department'];
const isAbove = (part: TemplatePart) =>
  part.fields.every((slug) => ABOVE.includes(slug) || slug.includes('.'));
/** With fewer sections than this nobody counts them. */
const COUNTED = 5;

function mustHave(part: TemplatePart, holding: readonly string[]): boolean {
  return part.required || part.required_when.some((key) => holding.includes(key));
}

/** What makes this section ask for more than usual, where it is said for the first time. */
function reasonsOf(template: Template, section: TemplateSection, holding: readonly string[]): string[] {
  const keysOf = (one: TemplateSection) => [
    ...one.when,
    ...one.parts.flatMap((part) => [...part.when, ...part.required_when]),
  ];
  const before = template.sections.slice(0, template.sections.indexOf(section)).flatMap(keysOf);
  return [...new Set(keysOf(section))].filter((key) => holding.includes(key) && !before.includes(key));
}

function Chips({ log, parts }: { log: Log; parts: TemplatePart[] }) {
  const { draft } = log;
  const toggle = (id: string) =>
    log.change((old) => ({
      open: old.open.includes(id) ? old.open.filter((one) => one !== id) : [...old.open, id],
    }));
  return parts.map((part) => {
    const id = part.fields[0] ?? '';
    const count = countOf(draft, part);
    const open = draft.open.includes(id);
    return (
      <button
        type="button"
        key={id}
        className={`chip${count || open ? ' chip-on' : ''}`}
        aria-expanded={open}
        onClick={() => toggle(id)}
      >
        {count || open ? null : <Plus size={13} strokeWidth={1.6} aria-hidden="true" />}
        {words(part)}
        {count ? ` ${count}` : ''}
      </button>
    );
  });
}

/** A part of which the team has put every field away is gone with them. */
function isThere({ labels }: Log, part: TemplatePart): boolean {
  return !labels.ready || part.fields.some((slug) => labels.field('followup', slug));
}

/** Fields that the team has added stand in one box, however many parts are open. */
function together(parts: readonly TemplatePart[]): TemplatePart[] {
  const own = parts.filter((part) => part.fields.every(isOwn));
  const [first] = own;
  if (!first || own.length < 2) return [...parts];
  const one = { ...first, fields: own.flatMap((part) => part.fields) };
  return parts.flatMap((part) => (part === first ? [one] : own.includes(part) ? [] : [part]));
}

function Section({
  log,
  section,
  why,
  number,
}: {
  log: Log;
  section: TemplateSection;
  /** Conditions that make it ask for more than usual. */
  why: string[];
  number: string;
}) {
  const holding = log.check?.applies ?? [];
  const there = section.parts.filter(
    (part) => !isAbove(part) && applies(part.when, holding) && isThere(log, part),
  );
  const above = section.parts.some(isAbove);
  if (!there.length && !above) return null;
  const forced = there.filter(
    (part) => part.when.length > 0 || section.when.length > 0 || mustHave(part, holding),
  );
  const free = there.filter((part) => !forced.includes(part));
  const shown = there.filter(
    (part) => forced.includes(part) || log.draft.open.includes(part.fields[0] ?? ''),
  );
  return (
    <section className="tpl-section" aria-label={words(section)}>
      <div className="tpl-head">
        <h3>
          {number}
          {words(section)}
        </h3>
        {there.length ? null : <span className="meta">{t('followups.written_above')}</span>}
        <Chips log={log} parts={free} />
      </div>
      <Facts log={log} section={section} />
      {why.map((key) => (
        <p className="tpl-why" key={key}>
          <Info size={14} strokeWidth={1.6} aria-hidden="true" />
          {words(log.template?.conditions[key])}
        </p>
      ))}
      {together(shown).map((part) => (
        <Part key={part.fields[0]} log={log} part={part} must={mustHave(part, holding)} />
      ))}
    </section>
  );
}

/** How the record is written: its template and its kind. */
function Chooser({ log, template }: { log: Log; template: Template }) {
  const kinds = log.labels.options('followup_kind');
  return (
    <div className="tpl-choose">
      <label className="second" htmlFor="log-template">
        {t('followups.written_as')}
      </label>
      <Pick
        id="log-template"
        clear={false}
        label={t('followups.written_as')}
        value={template.key}
        choices={log.templates.map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(key) => log.change({ template: key })}
      />
      <Pick
        clear={false}
        label={t('followups.kind_of_record')}
        value={log.draft.kind}
        choices={kinds.map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(kind) => log.change({ kind: kind ?? 'sales' })}
      />
    </div>
  );
}

/** Built-in inputs that stand in the head of the form or are no part of a template. */
const NOT_ASKED = ['contact_id', 'kind', 'quotes', 'files', 'participants_ours', 'participants_theirs'];

/** What the form holds by field, for conditions. */
const valuesOf = ({ draft, channel, contactId }: Log) => ({
  ...draft,
  ...draft.details,
  channel,
  contact_id: contactId,
});

/** What the team asks beside its template: fields of its own and further required ones, by their groups. */
export function ownSections(log: Log): TemplateSection[] {
  const { labels, template } = log;
  const named = template?.sections.flatMap((section) => section.parts.flatMap((part) => part.fields)) ?? [];
  const known = labels.fields('followup');
  const fields = standing(known, known, valuesOf(log), { me: log.me.id, ours: log.me.department?.id ?? null })
    .filter((field) => isOpen(field) && (isOwn(field.slug) || (field.required && field.type !== 'richtext')))
    .filter(({ slug }) => ![...named, ...ABOVE, ...NOT_ASKED].includes(slug));
  return groupsOf(fields, labels.groups('followup')).map((group) => ({
    key: `own-${group.key}`,
    zh: group.title,
    en: group.title,
    when: [],
    parts: group.fields.map((field) => ({
      ...field.label,
      fields: [field.slug],
      when: [],
      required: field.required,
      required_when: [],
    })),
  }));
}

/** The rest of the record by the sections of its template: what must be there is open, the rest a tap away. */
export function More({ log }: { log: Log }) {
  const { template } = log;
  const holding = log.check?.applies ?? [];
  const coded = template?.sections.filter((section) => applies(section.when, holding)) ?? [];
  const numbered = (template?.sections.length ?? 0) >= COUNTED;
  return (
    <div className="tpl">
      {template ? <Chooser log={log} template={template} /> : null}
      {[...coded, ...ownSections(log)].map((section, at) => (
        <Section
          key={section.key}
          log={log}
          why={template ? reasonsOf(template, section, holding) : []}
          section={section}
          number={numbered && at < coded.length ? ordinal(at) : ''}
        />
      ))}
    </div>
  );
}
