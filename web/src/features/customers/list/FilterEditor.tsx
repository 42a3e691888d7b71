import { Button, Input } from 'antd';
import { useState } from 'react';
import { useMembers } from '@/api/queries';
import type { Field } from '@/api/types';
import { useMe } from '@/app/session';
import { type Condition, editorOf, type Scalar } from '@/lib/filter';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { rangeCondition } from './range';

type Apply = (next: Condition) => void;

function Ticks({
  rows,
  chosen,
  set,
}: {
  rows: { value: Scalar; label: string }[];
  chosen: Scalar[];
  set: (next: Scalar[]) => void;
}) {
  return (
    <div className="filter-ticks">
      {rows.map((row) => (
        <label key={String(row.value)}>
          <input
            type="checkbox"
            checked={chosen.includes(row.value)}
            onChange={() =>
              set(
                chosen.includes(row.value)
                  ? chosen.filter((one) => one !== row.value)
                  : [...chosen, row.value],
              )
            }
          />
          {row.label}
        </label>
      ))}
    </div>
  );
}

function Choice({ field, first, apply }: { field: Field; first?: Condition; apply: Apply }) {
  const labels = useLabels();
  const { member } = useMe();
  const people = useMembers(field.type === 'member');
  const [chosen, setChosen] = useState<Scalar[]>(Array.isArray(first?.value) ? first.value : []);
  const rows =
    field.type === 'member'
      ? [
          { value: 'me', label: t('customers.me') },
          ...(people.data?.items ?? [])
            .filter((one) => one.active && one.id !== member.id)
            .map((one) => ({ value: one.id, label: one.name })),
        ]
      : labels.options(field.options ?? '').map((option) => ({ value: option.key, label: words(option) }));
  return (
    <>
      <Ticks rows={rows} chosen={chosen} set={setChosen} />
      <Foot
        field={field}
        apply={apply}
        ready={chosen.length > 0}
        make={() => ({ field: field.slug, op: 'in', value: chosen })}
      />
    </>
  );
}

function Words({ field, first, apply }: { field: Field; first?: Condition; apply: Apply }) {
  const [typed, setTyped] = useState(typeof first?.value === 'string' ? first.value : '');
  const op = editorOf(field) === 'tag' ? 'has' : 'contains';
  const make = (): Condition => ({ field: field.slug, op, value: typed.trim() });
  return (
    <>
      <Input
        autoFocus
        value={typed}
        placeholder={t('customers.filter_contains')}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => typed.trim() && apply(make())}
      />
      <Foot field={field} apply={apply} ready={typed.trim() !== ''} make={make} />
    </>
  );
}

function Range({ field, first, apply }: { field: Field; first?: Condition; apply: Apply }) {
  const day = editorOf(field) === 'day';
  const show = (value: unknown) => {
    if (value === undefined || value === null || typeof value === 'object') return '';
    return field.type === 'money' ? String(Number(value) / 100) : String(value);
  };
  const pair = Array.isArray(first?.value) ? first.value : [];
  const [low, setLow] = useState(first?.op === 'gte' ? show(first.value) : show(pair[0]));
  const [high, setHigh] = useState(first?.op === 'lte' ? show(first.value) : show(pair[1]));
  const made = rangeCondition(field, low, high);
  const quick: [string, Condition][] = [
    [t('customers.last_7'), { field: field.slug, op: 'gte', value: { relative: '-7d' } }],
    [t('customers.last_30'), { field: field.slug, op: 'gte', value: { relative: '-30d' } }],
    [t('customers.before_30'), { field: field.slug, op: 'lte', value: { relative: '-30d' } }],
  ];
  return (
    <>
      {day ? (
        <div className="filter-quick">
          {quick.map(([label, condition]) => (
            <button type="button" className="plain chip-add" key={label} onClick={() => apply(condition)}>
              {label}
            </button>
          ))}
        </div>
      ) : null}
      <div className="filter-range">
        <label>
          {day ? t('customers.since') : t('customers.at_least')}
          <Input
            type={day ? 'date' : 'number'}
            value={low}
            onChange={(event) => setLow(event.target.value)}
          />
        </label>
        <label>
          {day ? t('customers.until') : t('customers.at_most')}
          <Input
            type={day ? 'date' : 'number'}
            value={high}
            onChange={(event) => setHigh(event.target.value)}
          />
        </label>
      </div>
      <Foot field={field} apply={apply} ready={made !== null} make={() => made as Condition} />
    </>
  );
}

function Foot({
  field,
  apply,
  ready,
  make,
}: {
  field: Field;
  apply: Apply;
  ready: boolean;
  make: () => Condition;
}) {
  return (
    <div className="filter-foot">
      <button type="button" className="act" onClick={() => apply({ field: field.slug, op: 'empty' })}>
        {t('customers.empty_or')}
      </button>
      <Button type="primary" disabled={!ready} onClick={() => apply(make())}>
        {t('customers.filter_apply')}
      </Button>
    </div>
  );
}

function YesNo({ field, apply }: { field: Field; apply: Apply }) {
  return (
    <div className="filter-quick">
      {[true, false].map((value) => (
        <Button key={String(value)} onClick={() => apply({ field: field.slug, op: 'eq', value })}>
          {value ? t('customers.yes') : t('customers.no')}
        </Button>
      ))}
    </div>
  );
}

/** Choose a field, then its condition; with `first` the field is given. */
export function FilterEditor({ first, apply }: { first?: Condition; apply: Apply }) {
  const labels = useLabels();
  const [slug, setSlug] = useState(first?.field ?? null);
  const field = slug ? labels.field('customer', slug) : undefined;
  if (!field) {
    return (
      <div className="filter-editor">
        <p className="meta">{t('customers.filter_field')}</p>
        <div className="filter-fields">
          {labels
            .fields('customer')
            .filter((one) => editorOf(one))
            .map((one) => (
              <button
                type="button"
                className="plain filter-field"
                key={one.slug}
                onClick={() => setSlug(one.slug)}
              >
                {words(one.label)}
              </button>
            ))}
        </div>
      </div>
    );
  }
  const editor = editorOf(field);
  const props = { field, first, apply };
  return (
    <div className="filter-editor">
      <b>{words(field.label)}</b>
      {editor === 'choice' || editor === 'member' ? <Choice {...props} /> : null}
      {editor === 'text' || editor === 'tag' ? <Words {...props} /> : null}
      {editor === 'figure' || editor === 'day' ? <Range {...props} /> : null}
      {editor === 'yes_no' ? <YesNo {...props} /> : null}
    </div>
  );
}
