import { Button, Input, Select } from 'antd';
import { ArrowDown, ArrowUp, EyeOff, Trash2 } from 'lucide-react';
import { type FieldWords, type TypeChoice, useFieldUse } from '@/api/designs';
import { useCan } from '@/app/session';
import { locale, t } from '@/locales';
import { Worth } from './Cost';
import { type Entry, entryOf, moveGroup, nameGroup, partsOf, patch, removeGroup } from './draft';
import { FieldSettings } from './FieldSettings';
import { iconOf, typeName } from './kinds';
import { groupName, nameOf } from './names';
import { Options } from './Options';
import { Row } from './Row';
import { RulePanel } from './Rules';
import { TypePanel } from './TypePanel';
import type { Acts } from './use-acts';
import type { Designer } from './use-designer';
import { When } from './When';

const NEW_GROUP = '+';

interface Asked {
  designer: Designer;
  acts: Acts;
  types: readonly TypeChoice[];
  builtIn: readonly string[];
}

type Named = { zh: string; en: string };

/** The name in both languages, that of the reader first; without the other one it stands for both. */
function Names({ of, set }: { of: Named; set: (values: Partial<Named>, tag: string) => void }) {
  const languages = locale() === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  return (
    <section className="fp-part">
      {languages.map((language, at) => (
        <Row
          key={language}
          label={t(`forms.label_${language}`)}
          hint={at && !of[language] ? t('forms.label_hint') : undefined}
        >
          <Input
            id={at ? undefined : 'fp-label'}
            value={of[language]}
            placeholder={of[language === 'zh' ? 'en' : 'zh']}
            maxLength={60}
            onChange={(event) => set({ [language]: event.target.value }, language)}
          />
        </Row>
      ))}
    </section>
  );
}

/** The type of a field of the team: once records hold values, only types that lose none of them. */
function Kind({ entry, designer, acts, types }: Asked & { entry: Entry }) {
  const { data } = useFieldUse(designer.type, entry.own ? entry.key : null);
  if (!entry.own) return null;
  return (
    <Row label={t('forms.type')} hint={data?.records ? t('forms.filled', { n: data.records }) : undefined}>
      <Select
        value={entry.type}
        showSearch={{ optionFilterProp: 'label' }}
        options={types
          .filter((one) => one.type === entry.type || !data || data.types.includes(one.type))
          .map((one) => ({ value: one.type, label: typeName(one.type, types) }))}
        onChange={(type) => acts.retype(entry, type)}
      />
    </Row>
  );
}

function Place({ entry, designer, acts, builtIn }: Asked & { entry: Entry }) {
  const { draft } = designer;
  const keys = [...new Set([...builtIn, ...draft.groups.map((group) => group.key)])];
  return (
    <Row label={t('forms.group')}>
      <Select
        value={entry.group}
        options={[
          ...keys.map((key) => ({ value: key, label: groupName(draft, key) })),
          { value: NEW_GROUP, label: t('forms.group_add') },
        ]}
        onChange={(key) => (key === NEW_GROUP ? acts.addGroup(entry.uid) : acts.regroup(entry.uid, key))}
      />
    </Row>
  );
}

function Help({ entry, set }: { entry: Entry; set: (values: Partial<FieldWords>, tag: string) => void }) {
  const area = (name: 'help_zh' | 'help_en' | 'good' | 'bad', label: string, hint = '') => (
    <Row label={label}>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        className={name === 'good' ? 'fp-good' : name === 'bad' ? 'fp-bad' : undefined}
        value={entry[name]}
        maxLength={300}
        placeholder={hint}
        onChange={(event) => set({ [name]: event.target.value }, name)}
      />
    </Row>
  );
  return (
    <section className="fp-part">
      {area('help_zh', t('forms.help_zh'), t('forms.help_hint'))}
      {area('help_en', t('forms.help_en'))}
      {entry.own ? area('good', t('forms.good'), t('forms.good_hint')) : null}
      {entry.own ? area('bad', t('forms.bad'), t('forms.bad_hint')) : null}
    </section>
  );
}

function FieldPanel({ entry, ...asked }: Asked & { entry: Entry }) {
  const { designer, acts, types } = asked;
  const { draft, change, refusals } = designer;
  const set = (values: Partial<FieldWords>, tag = '') =>
    change(patch(draft, entry.uid, values), tag && `${tag}:${entry.uid}`);
  const Icon = iconOf(entry.type);
  const wrong = refusals.at[entry.uid];
  const takes = types.find((one) => one.type === entry.type)?.options ?? false;
  const settings = entry.own ? (
    <FieldSettings
      entry={entry}
      types={types}
      links={designer.links}
      type={designer.type}
      draft={draft}
      set={(settings, tag) => set({ settings }, tag)}
    />
  ) : null;
  // What a field is made of comes before how it is explained.
  const leans = entry.auto || entry.type === 'link';
  return (
    <>
      <header className="fp-head">
        <h2>
          <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
          <span className="cut">{nameOf(entry)}</span>
        </h2>
        <p className="meta">
          {[typeName(entry.type, types), t(entry.own ? 'forms.own' : 'forms.built_in')].join(' · ')}
          {entry.auto ? ` · ${t('forms.auto_one')}` : ''}
        </p>
        {wrong ? (
          <p className="verm" role="alert">
            {wrong}
          </p>
        ) : null}
      </header>
      <Names of={entry} set={set} />
      <section className="fp-part">
        <Kind {...asked} entry={entry} />
        {entry.hidden || entry.auto ? null : <Place {...asked} entry={entry} />}
      </section>
      {entry.auto || entry.hidden ? null : <When entry={entry} designer={designer} set={set} />}
      {entry.own && takes ? <Options entry={entry} designer={designer} /> : null}
      {leans ? settings : null}
      <Help entry={entry} set={set} />
      {leans ? null : settings}
      <Worth entry={entry} designer={designer} />
      <footer className="fp-foot">
        {entry.hidden ? (
          <Button onClick={() => acts.bringBack(entry.uid)}>{t('forms.bring_back')}</Button>
        ) : entry.can.hide ? (
          <button type="button" className="act" onClick={() => acts.hide(entry.uid)}>
            <EyeOff size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('forms.hide')}
          </button>
        ) : (
          <span className="meta">{t('forms.stays')}</span>
        )}
        {entry.can.remove ? (
          <button type="button" className="act verm" onClick={() => acts.remove(entry.uid)}>
            <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('common.delete')}
          </button>
        ) : null}
      </footer>
    </>
  );
}

function GroupPanel({ group, designer }: { group: string; designer: Designer }) {
  const { draft, change, select, refusals } = designer;
  const own = draft.groups.find((one) => one.key === group);
  const keys = partsOf(draft)
    .filter((part) => part.fields.length)
    .map((part) => part.key);
  const at = keys.indexOf(group);
  const wrong = refusals.at[`group:${group}`];
  const name = (values: Partial<Named>, tag: string) =>
    change(nameGroup(draft, group, values), `${tag}:group:${group}`);
  return (
    <>
      <header className="fp-head">
        <h2>{groupName(draft, group)}</h2>
        <p className="meta">{t(own ? 'forms.group_own' : 'forms.group_built_in')}</p>
        {wrong ? (
          <p className="verm" role="alert">
            {wrong}
          </p>
        ) : null}
      </header>
      {own ? <Names of={own} set={name} /> : null}
      {at < 0 ? null : (
        <div className="fp-moves">
          <Button
            icon={<ArrowUp size={15} strokeWidth={1.6} />}
            disabled={at === 0}
            onClick={() => change(moveGroup(draft, group, keys[at - 1] ?? null))}
          >
            {t('common.move_up')}
          </Button>
          <Button
            icon={<ArrowDown size={15} strokeWidth={1.6} />}
            disabled={at === keys.length - 1}
            onClick={() => change(moveGroup(draft, group, keys[at + 2] ?? null))}
          >
            {t('common.move_down')}
          </Button>
        </div>
      )}
      {own ? (
        <footer className="fp-foot">
          <button
            type="button"
            className="act verm"
            onClick={() => {
              change(removeGroup(draft, group));
              select(null);
            }}
          >
            <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('forms.group_remove')}
          </button>
          <span className="meta">{t('forms.group_remove_hint')}</span>
        </footer>
      ) : null}
    </>
  );
}

/** What is chosen on the form, with everything that can be changed about it. */
export function Panel(asked: Asked) {
  const { draft, selected } = asked.designer;
  const mayList = useCan('option.save_list');
  const entry = entryOf(draft, selected);
  const group = selected?.startsWith('group:') ? selected.slice(6) : null;
  const rule = draft.rules.find((one) => one.uid === selected);
  return (
    <aside className="fd-panel" aria-label={t('forms.panel')}>
      {entry ? <FieldPanel key={entry.uid} entry={entry} {...asked} /> : null}
      {group ? <GroupPanel key={group} group={group} designer={asked.designer} /> : null}
      {rule ? <RulePanel key={rule.uid} rule={rule} designer={asked.designer} /> : null}
      {draft.type && selected === 'type' ? <TypePanel type={draft.type} designer={asked.designer} /> : null}
      {entry || group || rule || selected === 'type' ? null : (
        <div className="fp-none">
          <h2>{t('forms.none')}</h2>
          <p className="second">{t('forms.none_hint')}</p>
          {mayList ? null : <p className="second">{t('forms.lists_closed')}</p>}
        </div>
      )}
    </aside>
  );
}
