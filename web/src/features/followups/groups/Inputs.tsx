import { useState } from 'react';
import type { Field } from '@/api/types';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Radios } from '@/components/Tabs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { heldBy, withValue } from '../draft';
import type { Log } from '../use-log';

interface Given {
  log: Log;
  field: Field;
  id: string;
}

/** 1 to 5; a second tap takes it back. */
function Scale({ log, field }: Given) {
  const value = heldBy(log.draft, field.slug);
  return (
    <Radios
      className="scale"
      each=""
      label={words(field.label)}
      value={typeof value === 'number' ? value : null}
      onChange={(score) => log.change((old) => withValue(old, field.slug, value === score ? null : score))}
      choices={[1, 2, 3, 4, 5].map((score) => ({ key: score, label: score }))}
    >
      <span className="meta">{t('followups.satisfaction_scale')}</span>
    </Radios>
  );
}

const FIGURE = /^\s*[¥￥]?\s*(\d{1,3}(?:,\d{3})*|\d+)(\.\d{1,2})?\s*$/;

/** A figure as it is typed: null for nothing, undefined for what is no figure. `scale` 100 gives 分. */
export function readFigure(text: string, scale: number): number | null | undefined {
  if (!text.trim()) return null;
  const found = FIGURE.exec(text);
  if (!found || (scale === 1 && found[2])) return undefined;
  return Math.round(Number(`${found[1]?.replaceAll(',', '')}${found[2] ?? ''}`) * scale);
}

/** A whole number, or an amount in yuan that is kept in fen. */
function Figure({ log, field, id, scale }: Given & { scale: number }) {
  const [typed, setTyped] = useState<string | null>(null);
  const value = heldBy(log.draft, field.slug);
  const shown = typeof value === 'number' ? (value / scale).toLocaleString('en-US') : '';
  const wrong = typed !== null && readFigure(typed, scale) === undefined;
  return (
    <span className="figure" data-wrong={wrong || undefined}>
      <input
        id={id}
        aria-label={words(field.label)}
        aria-invalid={wrong || undefined}
        inputMode="decimal"
        placeholder={field.help ? words(field.help) : undefined}
        value={typed ?? shown}
        onChange={(event) => {
          setTyped(event.target.value);
          const figure = readFigure(event.target.value, scale);
          if (figure !== undefined) log.change((old) => withValue(old, field.slug, figure));
        }}
        onBlur={() => setTyped(null)}
      />
      {scale === 100 ? <span className="meta">{t('page.yuan')}</span> : null}
    </span>
  );
}

/** Who took part, on one side. */
function People({ log, field }: Given) {
  const ours = field.type === 'members';
  const people = ours
    ? log.members.filter((member) => member.id !== log.me.id).slice(0, 40)
    : log.contacts.filter((contact) => contact.id !== log.contactId);
  const chosen = (heldBy(log.draft, field.slug) ?? []) as number[];
  const toggle = (id: number) =>
    log.change((old) =>
      withValue(old, field.slug, chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
    );
  return (
    <span className="group-people">
      {people.map((person) => (
        <button
          type="button"
          key={person.id}
          className={`chip${chosen.includes(person.id) ? ' chip-on' : ''}`}
          aria-pressed={chosen.includes(person.id)}
          onClick={() => toggle(person.id)}
        >
          {person.name}
        </button>
      ))}
      {people.length ? null : <span className="meta">{t('followups.nobody_else')}</span>}
    </span>
  );
}

function Texts({ log, field, id }: Given) {
  const given = {
    id,
    'aria-label': words(field.label),
    placeholder: field.help ? words(field.help) : '',
    value: String(heldBy(log.draft, field.slug) ?? ''),
  };
  const set = (text: string) => log.change((old) => withValue(old, field.slug, text));
  return field.type === 'longtext' ? (
    <textarea rows={2} {...given} onChange={(event) => set(event.target.value)} />
  ) : (
    <input {...given} onChange={(event) => set(event.target.value)} />
  );
}

/** One input for one field of the field list, by its type. */
export function FieldInput(given: Given) {
  const { log, field, id } = given;
  const value = heldBy(log.draft, field.slug);
  const set = (next: unknown) => log.change((old) => withValue(old, field.slug, next));
  switch (field.type) {
    case 'rating':
      return <Scale {...given} />;
    case 'number':
      return <Figure {...given} scale={1} />;
    case 'money':
      return <Figure {...given} scale={100} />;
    case 'members':
    case 'contacts':
      return <People {...given} />;
    case 'date':
      return <DateInput id={id} label={words(field.label)} value={String(value ?? '')} onChange={set} />;
    case 'option':
      return (
        <Pick
          bare
          id={id}
          label={words(field.label)}
          value={value ? String(value) : null}
          choices={log.labels
            .options(field.options ?? '')
            .map((one) => ({ value: one.key, label: words(one) }))}
          onChange={set}
        />
      );
    default:
      return <Texts {...given} />;
  }
}
