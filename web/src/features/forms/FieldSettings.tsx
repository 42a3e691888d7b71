import { Input, InputNumber, Select } from 'antd';
import type { LinkChoice, Settings, TypeChoice } from '@/api/designs';
import { RecordForm } from '@/components/RecordForm';
import { type Key, t } from '@/locales';
import type { Draft, Entry } from './draft';
import { asChoices, asField, slugOf } from './kinds';
import { FormulaText, LinkTarget, LookupSource } from './Leaning';
import { Pattern } from './Pattern';
import { Row } from './Row';

const CURRENCIES = [
  'CNY',
  'USD',
  'EUR',
  'HKD',
  'JPY',
  'GBP',
  'TWD',
  'SGD',
  'KRW',
  'AUD',
  'CAD',
  'THB',
  'VND',
  'RUB',
];

/** Of another record or an upload a new one cannot begin with. */
const NO_DEFAULT = new Set(['link', 'attachment', 'picture']);

/** A setting is there or it is not: blank takes it away. */
function withSetting(settings: Settings, name: string, value: unknown): Settings {
  const { [name]: _was, ...rest } = settings;
  const blank =
    value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);
  return blank ? rest : { ...rest, [name]: value };
}

/** Currency, unit, bounds, precision, length, and the value that a new record begins with; by the type. */
export function FieldSettings({
  entry,
  types,
  links,
  type,
  draft,
  set,
}: {
  entry: Entry;
  types: readonly TypeChoice[];
  links: readonly LinkChoice[];
  /** Of the form. */
  type: string;
  draft: Draft;
  set: (settings: Settings, tag: string) => void;
}) {
  const { settings } = entry;
  const slug = slugOf(entry);
  const known = types.find((one) => one.type === entry.type);
  const put = (name: string, value: unknown) => set(withSetting(settings, name, value), name);
  const list = entry.options ? draft.lists[entry.options] : undefined;
  const starts = { ...entry, zh: t('forms.default'), en: t('forms.default'), required: false };
  const bare = { help_zh: '', help_en: '', good: '', bad: '' };
  return (
    <section className="fp-part">
      {entry.type === 'money' ? (
        <Row label={t('forms.set_currency')}>
          <Select
            showSearch
            value={(settings.currency as string | undefined) ?? 'CNY'}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
            onChange={(value) => put('currency', value === 'CNY' ? null : value)}
          />
        </Row>
      ) : null}
      {entry.type === 'number' || entry.type === 'formula' ? (
        <Row label={t('forms.set_unit')}>
          <Input
            value={(settings.unit as string | undefined) ?? ''}
            maxLength={10}
            placeholder={t('forms.set_unit_hint')}
            onChange={(event) => put('unit', event.target.value)}
          />
        </Row>
      ) : null}
      {entry.type === 'link' ? <LinkTarget entry={entry} draft={draft} put={put} links={links} /> : null}
      {entry.type === 'lookup' ? (
        <LookupSource entry={entry} draft={draft} put={put} links={links} type={type} />
      ) : null}
      {entry.type === 'formula' ? <FormulaText entry={entry} draft={draft} put={put} /> : null}
      {entry.type === 'serial' ? (
        <Pattern value={settings.pattern} put={(text) => put('pattern', text)} />
      ) : null}
      <div className="fp-pair">
        {Object.entries(known?.settings ?? {}).map(([name, bounds]) => (
          <Row key={name} label={t(`forms.set_${name}` as Key)}>
            <InputNumber
              controls={false}
              min={bounds.min}
              max={bounds.max}
              value={(settings[name] as number | undefined) ?? null}
              placeholder={t('forms.set_none')}
              onChange={(value) => put(name, value)}
            />
          </Row>
        ))}
      </div>
      {known?.given || NO_DEFAULT.has(entry.type) ? null : (
        <>
          <RecordForm
            fields={[asField({ ...starts, ...bare })]}
            values={{ [slug]: settings.default ?? null }}
            choices={list ? { [slug]: asChoices(list.items) } : {}}
            onChange={(_slug, value) => put('default', value)}
          />
          <span className="meta">{t('forms.default_hint')}</span>
        </>
      )}
    </section>
  );
}
