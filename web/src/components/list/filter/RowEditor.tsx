import { Input, InputNumber, Select } from 'antd';
import { startTransition, useState } from 'react';
import { useLinkable, useLinked } from '@/api/links';
import { useDepartments, useMembers } from '@/api/queries';
import { useRegions } from '@/api/regions';
import type { Field } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { LunarInput } from '@/components/form/LunarInput';
import { Pick } from '@/components/Pick';
import '@/components/form/control.css';
import { currencyOf } from '@/lib/figure-words';
import { editorOf, type Scalar } from '@/lib/filter';
import { asks, PERIODS, type Row, SAYINGS, type Saying } from '@/lib/filter-rows';
import { unitOf } from '@/lib/money';
import { words } from '@/lib/names';
import { type Key, t } from '@/locales';
import { useSubject } from '../kind';

interface Part {
  field: Field;
  row: Row;
  set: (row: Row) => void;
  /** Few words and no list of boxes, where several lines stand below each other. */
  dense?: boolean;
}
interface Choice {
  value: Scalar;
  label: string;
  note?: string;
}

/** The line a field starts with. */
export function firstRow(field: Field): Row {
  const editor = editorOf(field) ?? 'text';
  const [saying = 'is'] = SAYINGS[editor];
  return { field: field.slug, saying, value: saying === 'last_days' ? [30] : [] };
}

/** Whom one may choose; who was chosen before he left stands with his name too. */
function useChoices(field: Field, chosen: readonly (Scalar | null)[]): Choice[] {
  const { labels } = useSubject();
  const { member } = useMe();
  const people = useMembers(field.type === 'member');
  const departments = useDepartments(field.type === 'department');
  const regions = useRegions(field.type === 'address');
  if (field.type === 'address')
    return regions.flatMap(({ name, cities }) => [
      { value: name, label: name },
      ...cities.map((city) => ({ value: `${name}/${city}`, label: `${name} ${city}` })),
    ]);
  if (field.type === 'member')
    return [
      { value: 'me', label: t('customers.me') },
      ...(people.data?.items ?? [])
        .filter((one) => (one.active && one.id !== member.id) || chosen.includes(one.id))
        .map((one) => ({ value: one.id, label: one.name, note: one.spelling.join(' ') })),
    ];
  if (field.type === 'department')
    return [
      { value: 'my_department', label: t('filters.my_department') },
      ...(departments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
    ];
  return labels.options(field.options ?? '').map((one) => ({ value: one.key, label: words(one) }));
}

function Many({ field, row, set, dense }: Part) {
  const chosen = row.value as Scalar[];
  const choices = useChoices(field, chosen);
  if (dense || field.type === 'address')
    return (
      <Select
        mode="multiple"
        className="filter-many"
        aria-label={words(field.label)}
        value={chosen}
        onChange={(value: Scalar[]) => set({ ...row, value })}
        options={choices.map((one) => ({ ...one, value: one.value as string | number }))}
        maxTagCount="responsive"
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.label ?? ''} ${option?.note ?? ''}`.toLowerCase().includes(typed.toLowerCase()),
        }}
      />
    );
  return (
    <div className="filter-ticks">
      {choices.map((one) => (
        <label key={String(one.value)}>
          <input
            type="checkbox"
            checked={chosen.includes(one.value)}
            onChange={() =>
              set({
                ...row,
                value: chosen.includes(one.value)
                  ? chosen.filter((each) => each !== one.value)
                  : [...chosen, one.value],
              })
            }
          />
          <span className="cut">{one.label}</span>
        </label>
      ))}
    </div>
  );
}

/** Records of another type, found by their words. */
function Linked({ field, row, set }: Part) {
  const [sought, setSought] = useState('');
  const to = field.settings?.to;
  const chosen = row.value.map(Number).filter(Boolean);
  const found = useLinkable(to, sought);
  const named = useLinked(to, chosen);
  const known = new Map([...named, ...found].map((one) => [Number(one.id), one]));
  return (
    <Select<number[]>
      mode="multiple"
      className="filter-many"
      aria-label={words(field.label)}
      placeholder={t('fields.link_find')}
      value={chosen}
      onChange={(value) => set({ ...row, value })}
      options={[...known].map(([value, one]) => ({ value, label: one.name }))}
      maxTagCount="responsive"
      showSearch={{ filterOption: false, onSearch: setSought }}
    />
  );
}

function One({ field, row, set, at }: Part & { at: 0 | 1 }) {
  const value = row.value[at] ?? null;
  const put = (next: Scalar | null) => {
    const values = [...row.value];
    values[at] = next;
    set({ ...row, value: values });
  };
  const label = `${words(field.label)} ${t(`filters.${row.saying}`)}`;
  if (row.saying === 'period')
    return (
      <Pick
        label={label}
        clear={false}
        value={value === null ? null : String(value)}
        choices={PERIODS.map((name) => ({ value: name, label: t(`filters.period_${name}`) }))}
        onChange={put}
      />
    );
  if (['last_days', 'not_last_days', 'next_days'].includes(row.saying))
    return (
      <InputNumber
        aria-label={label}
        min={1}
        max={3650}
        precision={0}
        value={value as number | null}
        onChange={put}
        suffix={t('filters.days')}
      />
    );
  const editor = editorOf(field);
  if (editor === 'day') return <DateInput label={label} value={String(value ?? '')} onChange={put} />;
  if (editor === 'figure') return <Figure field={field} label={label} value={value} put={put} />;
  if (field.type === 'options') return <OneOption field={field} label={label} value={value} put={put} />;
  return <Words label={label} value={String(value ?? '')} put={put} />;
}

interface Given {
  field: Field;
  label: string;
  value: Scalar | null;
  put: (next: Scalar | null) => void;
}

/** A figure in the unit of its field; amounts are kept in hundredths. */
function Figure({ field, label, value, put }: Given) {
  const money = field.type === 'money' || field.type === 'money_range';
  const unit = field.type === 'percent' ? '%' : field.settings?.unit;
  return (
    <InputNumber<number>
      aria-label={label}
      controls={false}
      value={value === null ? null : Number(value) / (money ? 100 : 1)}
      onChange={(figure) => put(figure !== null && money ? Math.round(figure * 100) : figure)}
      suffix={money ? unitOf(currencyOf(field, null)) : unit}
    />
  );
}

/** One of the options of which a record may hold several. */
function OneOption({ field, label, value, put }: Given) {
  const { labels } = useSubject();
  const choices = labels.options(field.options ?? '').map((one) => ({ value: one.key, label: words(one) }));
  return (
    <Pick
      label={label}
      clear={false}
      value={value === null ? null : String(value)}
      choices={choices}
      onChange={put}
    />
  );
}

/** Text shows at once what is typed; all that hangs on it follows when the browser has time. */
function Words({ label, value, put }: { label: string; value: string; put: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  return (
    <Input
      aria-label={label}
      maxLength={200}
      dir="auto"
      value={typed}
      placeholder={t('filters.words_hint')}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        startTransition(() => put(text));
      }}
    />
  );
}

/** One line: what is said of the field, and of which value. */
export function RowEditor(part: Part) {
  const { field, row, set } = part;
  const sayings = SAYINGS[editorOf(field) ?? 'text'];
  const wanted = asks(row.saying);
  const name = (saying: Saying): Key =>
    editorOf(field) === 'day' && (saying === 'least' || saying === 'most')
      ? `filters.${saying === 'least' ? 'since' : 'until'}`
      : `filters.${saying}`;
  return (
    <>
      <Pick
        label={words(field.label)}
        clear={false}
        value={row.saying}
        choices={sayings.map((saying) => ({ value: saying, label: t(name(saying)) }))}
        onChange={(next) => {
          const saying = next as Saying;
          const same = asks(saying) === wanted && asks(saying) === 'many';
          const days = saying.endsWith('_days') ? [Number(row.value[0]) || 30] : [];
          set({ ...row, saying, value: same ? row.value : saying === 'period' ? ['week'] : days });
        }}
      />
      {wanted === 'many' && field.type === 'lunar_date' ? (
        <LunarInput
          id={`lunar-${field.slug}`}
          field={field}
          value={row.value[0]}
          set={(day) => set({ ...row, value: day ? [String(day)] : [] })}
        />
      ) : null}
      {wanted === 'many' && field.type === 'link' ? <Linked {...part} /> : null}
      {wanted === 'many' && field.type !== 'lunar_date' && field.type !== 'link' ? <Many {...part} /> : null}
      {wanted === 1 || wanted === 2 ? (
        <span className="filter-values">
          <One key={row.saying} {...part} at={0} />
          {wanted === 2 ? <span className="meta">–</span> : null}
          {wanted === 2 ? <One key={`${row.saying} 2`} {...part} at={1} /> : null}
        </span>
      ) : null}
    </>
  );
}
