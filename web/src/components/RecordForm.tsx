import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { Field } from '@/api/types';
import { groupsOf, wrongOf } from '@/lib/filling';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { ExamplesToggle, Samples } from './Examples';
import { Control } from './form/Control';
import type { Choice } from './Pick';
import { Value } from './Value';
import './record-form.css';

export type Values = Record<string, unknown>;

interface Given {
  fields: readonly Field[];
  values: Values;
  onChange: (slug: string, value: unknown) => void;
  /** Lists to choose from instead of the option list or the team. */
  choices?: Record<string, readonly Choice[]>;
  problems?: Record<string, string>;
}

/** These take the whole line. */
export const WIDE: ReadonlySet<string> = new Set([
  'longtext',
  'richtext',
  'lunar_date',
  'money_range',
  'rich',
  'attachment',
  'picture',
  'address',
]);

function Row({
  field,
  value,
  onChange,
  choices,
  problem,
}: {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  choices?: readonly Choice[];
  problem?: string;
}) {
  const labels = useLabels();
  const id = `rf-${useId()}`;
  const { good, bad } = field.settings ?? {};
  const said = problem ?? wrongOf(field, value);
  const help = field.mark ? t('fields.only_read') : words(field.help);
  return (
    <div className="rf-row" data-field={field.slug} data-wide={WIDE.has(field.type) || undefined}>
      <span className="rf-head">
        <label htmlFor={id} className="second">
          {words(field.label)}
          {field.required ? <span className="rf-must">{t('fields.required')}</span> : null}
          {field.reminded && field.required_from ? (
            <span className="rf-must">
              {t('fields.required_from', { day: formatDay(field.required_from) })}
            </span>
          ) : null}
        </label>
        {good || bad ? <ExamplesToggle /> : null}
      </span>
      {field.mark ? (
        <span className="rf-read">
          <Value field={field} value={value} labels={labels} />
        </span>
      ) : (
        <Control field={field} value={value} set={onChange} choices={choices} id={id} />
      )}
      {said ? (
        <span className="rf-problem" role="alert">
          {said}
        </span>
      ) : null}
      {!said && help ? <span className="meta">{help}</span> : null}
      <Samples good={good} bad={bad} />
    </div>
  );
}

/** A form drawn from field definitions. */
export function RecordForm({ fields, values, onChange, choices = {}, problems = {} }: Given) {
  return (
    <div className="rf">
      {fields.map((field) => (
        <Row
          key={field.slug}
          field={field}
          value={values[field.slug]}
          onChange={(value) => onChange(field.slug, value)}
          choices={choices[field.slug]}
          problem={problems[field.slug]}
        />
      ))}
    </div>
  );
}

/** The form of a record type in its groups; a single group needs no head. */
export function GroupedForm({ record, fields, ...given }: Given & { record: string }) {
  const groups = groupsOf(fields, useLabels().groups(record));
  if (groups.length < 2) return <RecordForm fields={fields} {...given} />;
  return groups.map((group) => (
    <section className="rf-part" key={group.key}>
      <h3>{group.title}</h3>
      <RecordForm fields={group.fields} {...given} />
    </section>
  ));
}

/** What must be said at once, and the rest of the form under 更多; that stands open where something in it is wrong. */
export function FoldedForm({
  fields,
  atOnce,
  hint,
  ...given
}: Given & {
  record: string;
  atOnce: (field: Field) => boolean /** In place of the rest. */;
  hint?: string;
}) {
  const [more, setMore] = useState(false);
  const first = fields.filter(atOnce);
  const rest = fields.filter((field) => !atOnce(field));
  const open = more || rest.some((field) => given.problems && field.slug in given.problems);
  return (
    <>
      {first.length ? <RecordForm fields={first} {...given} /> : null}
      {rest.length ? (
        <button type="button" className="act rf-more" aria-expanded={open} onClick={() => setMore(!open)}>
          <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
          {t(open ? 'fields.fewer' : 'fields.more')}
        </button>
      ) : null}
      {open ? <GroupedForm fields={rest} {...given} /> : null}
      {hint && rest.length && !open ? <p className="meta">{hint}</p> : null}
    </>
  );
}
