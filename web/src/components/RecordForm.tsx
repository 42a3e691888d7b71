import { Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useMembers } from '@/api/queries';
import type { Field } from '@/api/types';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { DateInput } from './DateInput';
import { type Choice, Pick } from './Pick';
import './record-form.css';

export type Values = Record<string, unknown>;
interface Part {
  field: Field;
  value: unknown;
  set: (value: unknown) => void;
  choices: readonly Choice[];
  id: string;
}

const yuan = (minor: unknown): number | null => (typeof minor === 'number' ? minor / 100 : null);
const minor = (figure: number | null): number | null => (figure === null ? null : Math.round(figure * 100));
const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function Money({
  value,
  set,
  id,
  label,
}: {
  value: unknown;
  set: (value: number | null) => void;
  id?: string;
  label: string;
}) {
  return (
    <InputNumber
      id={id}
      aria-label={label}
      controls={false}
      value={yuan(value)}
      formatter={(figure) => (figure === undefined ? '' : `${figure}`.replace(/\B(?=(\d{3})+(?!\d))/g, ','))}
      parser={(typed) => Number((typed ?? '').replace(/[^\d.-]/g, ''))}
      onChange={(figure) => set(minor(figure))}
      suffix={t('page.yuan')}
      style={{ width: '100%' }}
    />
  );
}

function MoneyRange({ field, value, set }: Part) {
  const range = (value ?? { low: null, high: null }) as { low: number | null; high: number | null };
  return (
    <span className="rf-range">
      <Money label={`${words(field.label)} 1`} value={range.low} set={(low) => set({ ...range, low })} />
      <span className="meta">–</span>
      <Money label={`${words(field.label)} 2`} value={range.high} set={(high) => set({ ...range, high })} />
    </span>
  );
}

/** One way of drawing for each field type; a type of its own list needs `choices`. */
function control(part: Part): ReactNode {
  const { field, value, set, id, choices } = part;
  switch (field.type) {
    case 'longtext':
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={textOf(value)}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'number':
    case 'rating':
      return <InputNumber id={id} value={value as number | null} onChange={set} style={{ width: '100%' }} />;
    case 'money':
      return <Money id={id} label={words(field.label)} value={value} set={set} />;
    case 'money_range':
      return <MoneyRange {...part} />;
    case 'date':
      return (
        <DateInput id={id} label={words(field.label)} value={textOf(value).slice(0, 10)} onChange={set} />
      );
    case 'bool':
      return <Switch id={id} checked={Boolean(value)} onChange={set} />;
    case 'tags':
      return (
        <Select
          id={id}
          mode="tags"
          value={(value as string[] | null) ?? []}
          onChange={set}
          tokenSeparators={[',', '，', ' ']}
          open={false}
          suffixIcon={null}
        />
      );
    case 'option':
    case 'member':
    case 'department':
      return (
        <Pick
          id={id}
          label={words(field.label)}
          value={value === null || value === undefined || value === '' ? null : String(value)}
          choices={choices}
          onChange={set}
        />
      );
    default:
      return choices.length ? (
        <Pick
          id={id}
          label={words(field.label)}
          value={value ? String(value) : null}
          choices={choices}
          onChange={(chosen) => set(chosen === null ? null : Number(chosen))}
        />
      ) : (
        <Input
          id={id}
          inputMode={field.type === 'phone' ? 'tel' : field.type === 'email' ? 'email' : undefined}
          value={textOf(value)}
          onChange={(event) => set(event.target.value)}
        />
      );
  }
}

/** A form drawn from field definitions. `choices` gives the lists that are no option lists. */
export function RecordForm({
  fields,
  values,
  onChange,
  choices = {},
  problems = {},
}: {
  fields: readonly Field[];
  values: Values;
  onChange: (slug: string, value: unknown) => void;
  choices?: Record<string, readonly Choice[]>;
  problems?: Record<string, string>;
}) {
  const { options } = useLabels();
  const asks = fields.some((field) => field.type === 'member');
  const members = useMembers(asks);
  const listFor = (field: Field): readonly Choice[] => {
    if (choices[field.slug]) return choices[field.slug] ?? [];
    if (field.type === 'option')
      return options(field.options ?? '').map((one) => ({ value: one.key, label: words(one) }));
    if (field.type === 'member') {
      return (members.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }));
    }
    return [];
  };
  return (
    <div className="rf">
      {fields.map((field) => {
        const id = `rf-${field.slug}`;
        const problem = problems[field.slug];
        return (
          <div className="rf-row" key={field.slug} data-wide={field.type === 'longtext' || undefined}>
            <label htmlFor={id} className="second">
              {words(field.label)}
            </label>
            {control({
              field,
              value: values[field.slug],
              set: (value) => onChange(field.slug, value),
              choices: listFor(field),
              id,
            })}
            {problem ? <span className="rf-problem">{problem}</span> : null}
            {!problem && field.help ? <span className="meta">{words(field.help)}</span> : null}
          </div>
        );
      })}
    </div>
  );
}
