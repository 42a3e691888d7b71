import { Popover, Select } from 'antd';
import { Archive, ArchiveRestore, GripVertical, Plus, Trash2 } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useState } from 'react';
import { type OptionListRow, useFieldUse, useOptionList, useOptionLists } from '@/api/designs';
import { useCan } from '@/app/session';
import { moved, useRowDrag } from '@/components/list/views/use-row-drag';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { locale, t } from '@/locales';
import { listChanged } from './changes';
import { type Entry, type ListDraft, type OptionDraft, patch } from './draft';
import {
  COLORS,
  dropList,
  listDraftOf,
  newListName,
  newOption,
  setList,
  setOption,
  startList,
} from './lists';
import { nameOf } from './names';
import { type Designer, newUid } from './use-designer';

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** The language of the reader first. */
function languages(both: boolean): ('zh' | 'en')[] {
  const own = locale() === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  return own.slice(0, both ? 2 : 1);
}

function Colour({ item, set }: { item: OptionDraft; set: (color: string | null) => void }) {
  const [open, setOpen] = useState(false);
  const choose = (color: string | null) => {
    set(color);
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      arrow={false}
      content={
        <div className="fo-colors" role="group" aria-label={t('forms.color')}>
          {[null, ...COLORS].map((color) => (
            <button
              type="button"
              key={color ?? ''}
              className="plain fo-color"
              aria-label={color ?? t('forms.color_none')}
              aria-pressed={item.color === color}
              style={{ '--chip': color ?? 'transparent' } as CSSProperties}
              onClick={() => choose(color)}
            />
          ))}
        </div>
      }
    >
      <button
        type="button"
        className="plain fo-color"
        aria-label={t('forms.color_of', { name: nameOf(item) })}
        style={{ '--chip': item.color ?? 'transparent' } as CSSProperties}
      />
    </Popover>
  );
}

interface Editing {
  list: ListDraft;
  /** In the other language too. */
  both: boolean;
  wrong: Record<string, string>;
  change: (list: ListDraft, tag?: string) => void;
}

function Line({
  item,
  at,
  handle,
  editing,
}: {
  item: OptionDraft;
  at: number;
  handle: object;
  editing: Editing;
}) {
  const { list, both, wrong, change } = editing;
  const name = nameOf(item);
  const sentence = wrong[`option:${item.key ?? item.uid}`];
  const retire = (retired: boolean) => change(setOption(list, item.uid, { retired }));
  const walk = (event: KeyboardEvent) => {
    const to = at + (STEPS[event.key] ?? 0);
    if (to === at || to < 0 || to >= list.items.length) return;
    event.preventDefault();
    change({ ...list, items: moved(list.items, at, to) });
  };
  const way = item.retired ? 'forms.option_back' : 'forms.option_retire_of';
  return (
    <>
      <button
        type="button"
        className="plain fo-grip"
        aria-label={t('forms.option_move', { name })}
        title={t('forms.drag')}
        onKeyDown={walk}
        {...handle}
      >
        <GripVertical size={15} strokeWidth={1.6} aria-hidden="true" />
      </button>
      <Colour item={item} set={(color) => change(setOption(list, item.uid, { color }))} />
      <span className="fo-words">
        {languages(both).map((language, second) => (
          <input
            key={language}
            aria-label={t(second ? 'forms.option_other' : 'forms.option_nr', { n: at + 1 })}
            placeholder={t(second ? 'forms.option_other' : 'forms.option_nr', { n: at + 1 })}
            value={item[language]}
            maxLength={60}
            onChange={(event) =>
              change(setOption(list, item.uid, { [language]: event.target.value }), `${language}:${item.uid}`)
            }
          />
        ))}
      </span>
      <span className="fo-acts">
        {item.key ? (
          <button
            type="button"
            className="icon-act"
            aria-label={t(way, { name })}
            title={t(way, { name })}
            onClick={() => retire(!item.retired)}
          >
            {item.retired ? (
              <ArchiveRestore size={14} strokeWidth={1.6} />
            ) : (
              <Archive size={14} strokeWidth={1.6} />
            )}
          </button>
        ) : null}
        <button
          type="button"
          className="icon-act"
          aria-label={t('forms.option_remove', { name })}
          title={t('forms.option_remove', { name })}
          onClick={() => change({ ...list, items: list.items.filter((one) => one !== item) })}
        >
          <Trash2 size={14} strokeWidth={1.6} />
        </button>
      </span>
      {item.retired ? <span className="meta fo-said">{t('forms.option_retired')}</span> : null}
      {sentence ? (
        <span className="fo-said verm" role="alert">
          {sentence}
          {item.key && !item.retired ? (
            <button type="button" className="act" onClick={() => retire(true)}>
              {t('forms.option_retire')}
            </button>
          ) : null}
        </span>
      ) : null}
    </>
  );
}

function Lines(editing: Editing) {
  const { list, change } = editing;
  const { items } = list;
  const drag = useRowDrag(items.length, (from, to) => change({ ...list, items: moved(items, from, to) }));
  return (
    <>
      <ol className="fo-lines" ref={drag.list}>
        {items.map((item, at) => (
          <li
            key={item.uid}
            className="fo-line"
            data-retired={item.retired || undefined}
            data-from={drag.from === at || undefined}
            data-over={
              drag.over === at && drag.from !== at ? ((drag.from ?? 0) < at ? 'after' : 'before') : undefined
            }
          >
            <Line item={item} at={at} handle={drag.handle(at)} editing={editing} />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="act fo-add"
        onClick={() => change({ ...list, items: [...items, newOption(newUid('o'))] })}
      >
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('forms.option_add')}
      </button>
    </>
  );
}

/** A list by the fields that use it; its name is the machine's. */
function listName(row: OptionListRow): string {
  const users = row.fields.map((use) => words(use.label));
  const of = users.length ? [...new Set(users)].join('、') : t('forms.list_unused');
  return t('forms.list_row', { name: of, n: row.options });
}

/** Which list a choice takes its values from, and its options: names, colours, order, retired ones. */
export function Options({ entry, designer }: { entry: Entry; designer: Designer }) {
  const { draft, change, refusals } = designer;
  const may = useCan('option.save_list');
  const lists = useOptionLists(may);
  const use = useFieldUse(designer.type, entry.key);
  const name = entry.options ?? '';
  const edited = draft.lists[name];
  const fresh = edited?.version === '';
  const query = useOptionList(name && !fresh ? name : null);
  const [both, setBoth] = useState(false);
  const list = edited ?? (query.data ? listDraftOf(query.data) : null);
  // A list that was saved while its form was refused is known by this field alone.
  const here = [{ record_type: designer.type, key: entry.uid, label: entry }];
  const unknown = !fresh && name && !lists.data?.some((row) => row.name === name);
  const known = [
    ...(lists.data ?? []),
    ...(unknown ? [{ name, options: list?.items.length ?? 0, fields: here }] : []),
  ];
  const others = (query.data?.fields ?? []).filter((use) => use.key !== entry.key);
  const choose = (next: string) => {
    const settings = { ...entry.settings };
    delete settings.default;
    const made = next || newListName();
    const chosen = patch(draft, entry.uid, { options: made, settings });
    change(next ? chosen : startList(chosen, made, () => newUid('o')));
  };
  return (
    <section className="fp-part">
      <h3>{t('forms.options')}</h3>
      <Select
        aria-label={t('forms.list')}
        value={fresh ? '' : name}
        disabled={Boolean(use.data?.records)}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          ...(may ? [{ value: '', label: t('forms.list_new') }] : []),
          ...known.map((row) => ({ value: row.name, label: listName(row) })),
        ]}
        onChange={choose}
      />
      {others.length ? (
        <p className="amber">
          {t('forms.list_shared', { names: others.map((use) => words(use.label)).join('、') })}
        </p>
      ) : null}
      <Refusal failure={query.error} />
      {list && may ? (
        <Lines
          list={list}
          both={both}
          wrong={refusals.at}
          change={(next, tag) => change(setList(draft, name, next), tag)}
        />
      ) : null}
      {list && may ? (
        <div className="fo-foot">
          <label className="fo-check">
            <input type="checkbox" checked={both} onChange={(event) => setBoth(event.target.checked)} />
            {t('forms.options_both')}
          </label>
          {edited && !fresh && listChanged(edited) ? (
            <button
              type="button"
              className="act"
              onClick={() => {
                void query.refetch();
                change(dropList(draft, name));
              }}
            >
              {t('forms.list_again')}
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
