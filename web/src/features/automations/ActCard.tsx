import { Input, InputNumber, Select } from 'antd';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { type Act, CLOCKS, type Offered } from '@/api/automations';
import { useMembers } from '@/api/queries';
import { Control } from '@/components/form/Control';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { slots } from './recipes';
import { isOwnKind } from './subject';
import { WhomPick } from './WhomPick';

const KINDS = ['todo', 'notify', 'set', 'assign', 'ask', 'webhook'] as const;

/** An action of a kind, as it begins. */
export function beginning(kind: Act['do'], customer: boolean, record: string): Act {
  const to = { who: customer ? 'owner' : 'member' } as const;
  switch (kind) {
    case 'todo':
      return { do: kind, act: '', to, within: 1, clock: 'workdays' };
    case 'notify':
      return { do: kind, text: '', to };
    case 'set':
      return { do: kind, field: '' };
    case 'assign':
      return { do: kind, by: record === 'customer' ? 'rules' : 'member' };
    case 'ask':
      return { do: kind, purpose: '', text: '' };
    case 'webhook':
      return { do: kind, url: '' };
  }
}

interface Part<A extends Act> {
  act: A;
  set: (act: Act) => void;
  offered: Offered;
  customer: boolean;
  /** The record type that actions are about. */
  kind: string;
}
type Of<K extends Act['do']> = Extract<Act, { do: K }>;

function Todo({ act, set, offered, customer, kind }: Part<Of<'todo'>>) {
  return (
    <>
      <span className="au-line">
        <span>{t('automations.give')}</span>
        <WhomPick value={act.to} set={(to) => set({ ...act, to })} offered={offered} customer={customer} />
        <InputNumber
          aria-label={t('automations.within')}
          className="au-number"
          min={1}
          max={1000}
          precision={0}
          value={act.within}
          onChange={(within) => set({ ...act, within: within ?? 1 })}
        />
        <Select
          aria-label={t('automations.clock')}
          value={act.clock}
          popupMatchSelectWidth={false}
          options={CLOCKS.map((clock) => ({
            value: clock,
            label: t(`automations.unit_${clock}`, { n: act.within }),
          }))}
          onChange={(clock) => set({ ...act, clock })}
        />
        <span>{t('automations.to_do')}</span>
      </span>
      <Input
        aria-label={t('automations.act')}
        value={act.act}
        maxLength={200}
        placeholder={t(isOwnKind(kind) ? 'automations.act_hint_own' : 'automations.act_hint', slots())}
        onChange={(event) => set({ ...act, act: event.target.value })}
      />
    </>
  );
}

function Notify({ act, set, offered, customer, kind }: Part<Of<'notify'>>) {
  return (
    <>
      <span className="au-line">
        <span>{t('automations.tell')}</span>
        <WhomPick
          value={act.to}
          set={(to) => set({ ...act, to })}
          offered={offered}
          customer={customer}
          group
        />
      </span>
      <Input
        aria-label={t('automations.text')}
        value={act.text}
        maxLength={200}
        placeholder={t(isOwnKind(kind) ? 'automations.text_hint_own' : 'automations.text_hint', slots())}
        onChange={(event) => set({ ...act, text: event.target.value })}
      />
    </>
  );
}

function SetField({ act, set, offered, kind }: Part<Of<'set'>>) {
  const labels = useLabels();
  const field = labels.field(kind, act.field);
  return (
    <span className="au-line">
      <span>{t(kind === 'customer' ? 'automations.put' : 'automations.put_its')}</span>
      <Select
        aria-label={t('automations.field')}
        placeholder={t('automations.choose')}
        value={act.field || null}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={(offered.settable[kind] ?? []).map((slug) => ({
          value: slug,
          label: words(labels.field(kind, slug)?.label) || slug,
        }))}
        onChange={(slug) => set({ do: 'set', field: slug })}
      />
      <span>{t(field?.type === 'tags' ? 'automations.put_add' : 'automations.put_to')}</span>
      <span className="au-value">
        {field ? (
          <Control
            id={`au-set-${field.slug}`}
            field={field}
            value={act.value ?? null}
            set={(value) => set({ ...act, value })}
          />
        ) : null}
      </span>
    </span>
  );
}

function Assign({ act, set, kind }: Part<Of<'assign'>>) {
  const members = useMembers().data?.items ?? [];
  return (
    <span className="au-line">
      <Select
        aria-label={t('automations.by_what')}
        value={act.by}
        popupMatchSelectWidth={false}
        options={(kind === 'customer' ? (['rules', 'member'] as const) : (['member'] as const)).map((by) => ({
          value: by,
          label: t(`automations.by_${by}`),
        }))}
        onChange={(by) => set({ do: 'assign', by })}
      />
      {act.by === 'member' ? (
        <Select<number>
          aria-label={t('automations.who_member')}
          placeholder={t('automations.choose')}
          value={act.member_id ?? null}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={members.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(member_id) => set({ ...act, member_id })}
        />
      ) : null}
    </span>
  );
}

function Ask({ act, set, offered, kind }: Part<Of<'ask'>>) {
  return (
    <>
      <span className="au-line">
        <span>{t('automations.ask_for')}</span>
        <Select
          aria-label={t('automations.purpose')}
          placeholder={t('automations.choose')}
          value={act.purpose || null}
          popupMatchSelectWidth={false}
          options={(offered.purposes[kind] ?? []).map((one) => ({ value: one.key, label: words(one) }))}
          onChange={(purpose: string) => set({ ...act, purpose })}
        />
      </span>
      <Input
        aria-label={t('automations.ask_text')}
        value={act.text}
        maxLength={200}
        placeholder={t('automations.ask_text')}
        onChange={(event) => set({ ...act, text: event.target.value })}
      />
    </>
  );
}

function Hook({ act, set }: Part<Of<'webhook'>>) {
  return (
    <>
      <Input
        aria-label={t('automations.url')}
        inputMode="url"
        dir="auto"
        value={act.url}
        maxLength={500}
        placeholder="https://"
        onChange={(event) => set({ ...act, url: event.target.value.trim() })}
      />
      <span className="meta">{t('automations.url_hint')}</span>
    </>
  );
}

/** One action as a sentence with pills. */
export function ActCard(asked: {
  act: Act;
  at: number;
  last: boolean;
  set: (act: Act) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
  offered: Offered;
  customer: boolean;
  kind: string;
  wrong: string;
}) {
  const { act, at, last, set, move, remove, customer, wrong } = asked;
  const part = { set, offered: asked.offered, customer, kind: asked.kind };
  const nth = t('automations.nth', { n: at + 1 });
  return (
    <li className="au-act" data-wrong={wrong ? true : undefined}>
      <div className="au-act-head">
        <span className="au-nth">{at + 1}</span>
        <Select<Act['do']>
          aria-label={t('automations.kind', { nth })}
          value={act.do}
          variant="borderless"
          popupMatchSelectWidth={false}
          options={KINDS.filter((one) => customer || !['set', 'assign', 'ask'].includes(one)).map((one) => ({
            value: one,
            label: t(
              one === 'assign' && isOwnKind(asked.kind) ? 'automations.do_hand' : `automations.do_${one}`,
            ),
          }))}
          onChange={(next) => set(beginning(next, customer, asked.kind))}
        />
        <span className="au-gap" />
        <button
          type="button"
          className="icon-act"
          disabled={!at}
          aria-label={t('automations.up', { nth })}
          onClick={() => move(-1)}
        >
          <ArrowUp size={16} strokeWidth={1.6} />
        </button>
        <button
          type="button"
          className="icon-act"
          disabled={last}
          aria-label={t('automations.down', { nth })}
          onClick={() => move(1)}
        >
          <ArrowDown size={16} strokeWidth={1.6} />
        </button>
        <button
          type="button"
          className="icon-act"
          aria-label={t('automations.drop', { nth })}
          onClick={remove}
        >
          <Trash2 size={16} strokeWidth={1.6} />
        </button>
      </div>
      {act.do === 'todo' ? <Todo act={act} {...part} /> : null}
      {act.do === 'notify' ? <Notify act={act} {...part} /> : null}
      {act.do === 'set' ? <SetField act={act} {...part} /> : null}
      {act.do === 'assign' ? <Assign act={act} {...part} /> : null}
      {act.do === 'ask' ? <Ask act={act} {...part} /> : null}
      {act.do === 'webhook' ? <Hook act={act} {...part} /> : null}
      {wrong ? (
        <p className="verm" role="alert">
          {wrong}
        </p>
      ) : null}
    </li>
  );
}
