import { Input } from 'antd';
import { GripVertical, Search } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import type { TypeChoice } from '@/api/designs';
import { calls } from '@/app/calls';
import { Tabs } from '@/components/Tabs';
import { t } from '@/locales';
import { corner } from './Cell';
import type { Meter } from './cost';
import { type Draft, type Entry, partsOf } from './draft';
import { iconOf, shelvesOf, spellingOf, typeName } from './kinds';
import { groupName, nameOf } from './names';
import type { Acts } from './use-acts';
import type { Carry } from './use-carry';

interface Asked {
  draft: Draft;
  types: readonly TypeChoice[];
  acts: Acts;
  carry: Carry;
  selected: string | null;
  select: (uid: string) => void;
  /** The pinyin of a field's published name. */
  spelling: (key: string | null) => string;
  find: RefObject<HTMLDivElement | null>;
  rules: ReactNode;
  /** Where a document of the team is dropped. */
  paper: ReactNode;
  /** How often each field is filled in; null until it is known. */
  meter: Meter | null;
}

const FEW = 4;

/** Fields that exist but are put away: one list of fields stays one list. */
function Away({ asked, sought }: { asked: Asked; sought: string }) {
  const { draft, types, acts, carry, spelling, meter } = asked;
  const [whole, setWhole] = useState(false);
  const away = draft.fields.filter((field) => field.hidden);
  const found = away.filter((field) => fits(field, sought, spelling));
  if (!found.length) return null;
  const shown = whole || sought ? found : found.slice(0, FEW);
  return (
    <section className="fl-part">
      <h3>
        {t('forms.away')}
        <span className="meta">{t('forms.away_many', { n: away.length })}</span>
      </h3>
      <ul className="fl-away">
        {shown.map((field) => (
          <li key={field.uid}>
            <button
              type="button"
              className="plain fl-item"
              title={t('forms.bring_back')}
              data-held={(carry.held?.kind === 'field' && carry.held.uid === field.uid) || undefined}
              onPointerDown={(event) =>
                carry.start(event, { kind: 'field', uid: field.uid }, { box: corner(event) })
              }
              onClick={() => {
                if (!carry.moved()) acts.bringBack(field.uid);
              }}
            >
              <GripVertical size={14} strokeWidth={1.6} aria-hidden="true" />
              <span className="cut">{nameOf(field)}</span>
              <span className="meta">{filledOf(field, meter) ?? typeName(field.type, types)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > shown.length ? (
        <button type="button" className="act" onClick={() => setWhole(true)}>
          {t('forms.away_more', { n: found.length - shown.length })}
        </button>
      ) : null}
    </section>
  );
}

/** 61% 已填; null where nobody has counted. */
function filledOf(field: Entry, meter: Meter | null): string | null {
  const cost = meter?.of(field);
  return cost ? t('forms.away_filled', { n: Math.round(cost.share * 100) }) : null;
}

function fits(field: Entry, sought: string, spelling: Asked['spelling']): boolean {
  return !sought || calls(sought, `${field.zh} ${field.en}`, spelling(field.key));
}

/** New types by shelf, choices first. A click puts one behind what is chosen; a drag puts it anywhere. */
function Types({ asked, sought }: { asked: Asked; sought: string }) {
  const { types, acts, carry } = asked;
  const shelves = shelvesOf(types)
    .map((shelf) => ({
      ...shelf,
      types: shelf.types.filter(
        ({ type, label }) => !sought || calls(sought, `${label.zh} ${label.en}`, spellingOf(type)),
      ),
    }))
    .filter((shelf) => shelf.types.length > 0);
  if (!shelves.length) return null;
  return (
    <section className="fl-part">
      <h3>{t('forms.types')}</h3>
      {shelves.map((shelf) => (
        <div key={shelf.head} className="fl-shelf">
          <p className="second">
            {t(shelf.head)}
            {shelf.head === 'forms.shelf_choice' ? <b>{t('forms.shelf_first')}</b> : null}
          </p>
          <div className="fl-types">
            {shelf.types.map(({ type }) => {
              const Icon = iconOf(type);
              const name = typeName(type, types);
              return (
                <button
                  type="button"
                  key={type}
                  className="plain fl-item"
                  onPointerDown={(event) =>
                    carry.start(event, { kind: 'new', type, name }, { box: corner(event) })
                  }
                  onClick={() => {
                    if (!carry.moved()) acts.add(type);
                  }}
                >
                  <Icon size={15} strokeWidth={1.6} aria-hidden="true" />
                  <span>{name}</span>
                </button>
              );
            })}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Every field by group, those that the system fills in too. */
function Outline({ asked, sought }: { asked: Asked; sought: string }) {
  const { draft, types, selected, select, spelling } = asked;
  const auto = draft.fields.filter((field) => field.auto && !field.hidden);
  const parts = [
    ...partsOf(draft).map((part) => ({ head: groupName(draft, part.key), fields: part.fields })),
    { head: t('forms.auto', { n: auto.length }), fields: auto },
  ]
    .map((part) => ({ ...part, fields: part.fields.filter((field) => fits(field, sought, spelling)) }))
    .filter((part) => part.fields.length > 0);
  return (
    <>
      {parts.map((part) => (
        <section className="fl-part" key={part.head}>
          <h3>{part.head}</h3>
          <ol className="fl-outline">
            {part.fields.map((field) => {
              const Icon = iconOf(field.type);
              return (
                <li key={field.uid}>
                  <button
                    type="button"
                    className="plain fl-line"
                    aria-current={selected === field.uid || undefined}
                    title={typeName(field.type, types)}
                    onClick={() => select(field.uid)}
                  >
                    <Icon size={14} strokeWidth={1.6} aria-hidden="true" />
                    <span className="cut">{nameOf(field)}</span>
                    {field.required ? <span className="meta">{t('forms.required')}</span> : null}
                  </button>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </>
  );
}

/** 字段库, 大纲 and 规则: what can come onto the form, what stands there, and what must hold of it. */
export function Library(asked: Asked) {
  const [tab, setTab] = useState<'library' | 'outline' | 'rules'>('library');
  const [sought, setSought] = useState('');
  return (
    <aside className="fd-library" aria-label={t('forms.library')} ref={asked.find}>
      <Tabs
        className="fl-tabs"
        each="plain"
        label={t('forms.library')}
        value={tab}
        onChange={setTab}
        choices={[
          { key: 'library', label: t('forms.library') },
          { key: 'outline', label: t('forms.outline') },
          { key: 'rules', label: t('forms.rules') },
        ]}
      />
      {tab === 'rules' ? null : (
        <Input
          allowClear
          aria-label={t('forms.find')}
          placeholder={t('forms.find')}
          prefix={<Search size={15} strokeWidth={1.6} aria-hidden="true" />}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div className="fl-scroll" data-none={t('forms.found_none')}>
        {tab === 'rules' ? asked.rules : null}
        {tab === 'library' ? (
          <>
            {sought ? null : asked.paper}
            <Away asked={asked} sought={sought} />
            <Types asked={asked} sought={sought} />
          </>
        ) : null}
        {tab === 'outline' ? <Outline asked={asked} sought={sought} /> : null}
      </div>
    </aside>
  );
}
