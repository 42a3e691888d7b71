import { Input, Select } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import type { LinkChoice } from '@/api/designs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Draft, Entry } from './draft';
import { usableIn, withLabels, withUids } from './formula';
import { nameOf } from './names';
import { Row } from './Row';

interface Asked {
  entry: Entry;
  draft: Draft;
  put: (name: string, value: unknown) => void;
}
const CUSTOMER = 'customer';

/** The type of record that a link leads to. */
export function LinkTarget({ entry, put, links }: Asked & { links: readonly LinkChoice[] }) {
  return (
    <Row label={t('forms.set_to')} hint={t('forms.set_to_hint')}>
      <Select
        value={entry.settings.to as string | undefined}
        options={links.map((one) => ({ value: one.type, label: words(one.label) }))}
        onChange={(to) => put('to', to)}
      />
    </Row>
  );
}

/** The way to another record, and the field that is shown of it. */
export function LookupSource({
  entry,
  draft,
  put,
  links,
  type,
}: Asked & { links: readonly LinkChoice[]; type: string }) {
  const { through, field } = entry.settings as { through?: string; field?: string };
  const ways = draft.fields.filter((one) => one.type === 'link' && one.own && !one.hidden);
  const choices = [
    ...(type === CUSTOMER ? [] : [{ value: CUSTOMER, label: t('forms.through_customer') }]),
    ...ways.map((one) => ({ value: one.uid, label: nameOf(one) })),
  ];
  const way = ways.find((one) => one.uid === through);
  const target = through === CUSTOMER ? CUSTOMER : (way?.settings.to as string | undefined);
  const fields = links.find((one) => one.type === target)?.fields ?? [];
  return (
    <>
      <Row label={t('forms.set_through')} hint={choices.length ? undefined : t('forms.through_none')}>
        <Select
          value={choices.some((one) => one.value === through) ? through : undefined}
          disabled={!choices.length}
          options={choices}
          onChange={(next) => put('through', next)}
        />
      </Row>
      <Row label={t('forms.set_field')}>
        <Select
          value={fields.some((one) => one.key === field) ? field : undefined}
          disabled={!fields.length}
          showSearch={{ optionFilterProp: 'label' }}
          options={fields.map((one) => ({ value: one.key, label: words(one.label) }))}
          onChange={(next) => put('field', next)}
        />
      </Row>
    </>
  );
}

/** A formula by the labels of its fields; pressing one puts it in where the cursor stands. */
export function FormulaText({ entry, draft, put }: Asked) {
  const box = useRef<TextAreaRef>(null);
  const kept = String(entry.settings.formula ?? '');
  const [typed, setTyped] = useState(() => withLabels(draft, kept));
  const shown = withUids(draft, typed) === kept ? typed : withLabels(draft, kept);
  const write = (text: string) => {
    setTyped(text);
    put('formula', withUids(draft, text));
  };
  const fields = usableIn(draft, entry);
  const insert = (field: Entry) => {
    const area = box.current?.resizableTextArea?.textArea;
    const [from, to] = [area?.selectionStart ?? shown.length, area?.selectionEnd ?? shown.length];
    const name = `{${nameOf(field)}}`;
    write(shown.slice(0, from) + name + shown.slice(to));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + name.length, from + name.length);
    });
  };
  return (
    <>
      <Row label={t('forms.set_formula')}>
        <Input.TextArea
          ref={box}
          className="fp-formula"
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={1000}
          spellCheck={false}
          value={shown}
          placeholder="ROUND({…} * {…}, 2)"
          onChange={(event) => write(event.target.value)}
        />
      </Row>
      <div className="fp-chips">
        {fields.map((field) => (
          <button type="button" key={field.uid} className="plain fp-chip" onClick={() => insert(field)}>
            {nameOf(field)}
          </button>
        ))}
        {fields.length ? null : <span className="meta">{t('forms.formula_none')}</span>}
      </div>
      <span className="meta">
        {t('forms.formula_hint')}
        {t('forms.formula_functions')}
      </span>
      <span className="meta">{t('forms.formula_kept')}</span>
    </>
  );
}
