import { Check, Pencil, Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { addNeed, removeNeed, updateNeed } from '@/api/customers';
import { confirmNeeds, refreshDeals } from '@/api/deals';
import { refreshWork } from '@/api/queries';
import type { CustomerPageData, Need } from '@/api/types';
import { Pick } from '@/components/Pick';
import { Sure } from '@/components/Sure';
import { VersionsButton } from '@/components/versions/VersionsButton';
import { changed } from '@/lib/changes';
import { clashFields, clashOf, kept } from '@/lib/clash';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { formatDay } from '@/lib/time';
import { askWhose } from '@/lib/whose';
import { t } from '@/locales';
import { Section } from './Side';

type Values = { kind: string; text: string; priority: string };

function NeedForm({
  start,
  icon: Icon,
  label,
  save,
}: {
  start: Values;
  icon: typeof Plus;
  label: string;
  save: (values: Values) => Promise<boolean>;
}) {
  const { options } = useLabels();
  const [values, setValues] = useState(start);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const text = values.text.trim();
    if (text && (await save({ ...values, text }))) setValues(start);
  };
  return (
    <form className="side-add" onSubmit={(event) => void submit(event)}>
      <Pick
        label={t('page.need_kind')}
        placeholder={t('page.need_kind')}
        value={values.kind || null}
        choices={options('need_kind').map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(kind) => setValues({ ...values, kind: kind ?? '' })}
      />
      <Pick
        label={t('page.need_rank')}
        placeholder={t('page.need_rank')}
        value={values.priority || null}
        choices={options('need_priority').map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(priority) => setValues({ ...values, priority: priority ?? 'core' })}
      />
      <input
        aria-label={t('page.needs')}
        placeholder={t('page.need_hint')}
        value={values.text}
        onChange={(event) => setValues({ ...values, text: event.target.value })}
      />
      <button type="submit" className="icon-act" aria-label={label}>
        <Icon size={16} strokeWidth={1.6} />
      </button>
    </form>
  );
}

/** Changing and removing a need; whoever was faster is asked about, field by field. */
function useNeedVerbs(customerId: number) {
  const labels = useLabels();
  const fields = labels.fields('need');
  const after = () => refreshWork(customerId);
  const change = async (need: Need, values: Values): Promise<boolean> => {
    const mine = changed(need, values);
    try {
      if (Object.keys(mine).length) await updateNeed(need, mine);
    } catch (failure) {
      const clash = clashOf(failure);
      if (!clash) {
        sayFailure(failure);
        return false;
      }
      const open = clashFields(
        fields,
        { ...need },
        mine,
        clash,
        (field, value) => shown(field, value, labels, null) ?? '',
      );
      const save = (patch: Record<string, unknown>) =>
        updateNeed({ id: need.id, version: clash.version }, patch).finally(after);
      askWhose({ fields: open, clash, save: (chosen) => save(kept(mine, open, chosen)) });
    }
    after();
    return true;
  };
  const drop = async (need: Need) => {
    try {
      await removeNeed(need);
    } catch (failure) {
      sayFailure(failure);
    }
    after();
  };
  return { change, drop };
}

function NeedLine({ need, customerId, may }: { need: Need; customerId: number; may: boolean }) {
  const { label } = useLabels();
  const [editing, setEditing] = useState(false);
  const { change, drop } = useNeedVerbs(customerId);
  if (editing) {
    return (
      <NeedForm
        start={{ kind: need.kind, text: need.text, priority: need.priority ?? 'core' }}
        icon={Check}
        label={t('common.save')}
        save={async (values) => {
          if (await change(need, values)) setEditing(false);
          return false;
        }}
      />
    );
  }
  return (
    <div className="side-line">
      <span className="meta">{label('need_kind', need.kind).replace(/需求$/, '')}</span>
      <span>
        {need.text}
        {need.priority === 'secondary' ? (
          <span className="meta"> {label('need_priority', need.priority)}</span>
        ) : null}
      </span>
      {may ? (
        <span className="side-acts">
          <button
            type="button"
            className="icon-act"
            aria-label={`${t('common.edit')} ${need.text}`}
            onClick={() => setEditing(true)}
          >
            <Pencil size={13} strokeWidth={1.6} />
          </button>
          <VersionsButton
            className="icon-act"
            type="need"
            id={need.id}
            name={need.text}
            changed={() => refreshWork(customerId)}
          />
          <Sure className="icon-act" what={t('common.delete')} of={need.text} run={() => void drop(need)}>
            <X size={14} strokeWidth={1.6} />
          </Sure>
        </span>
      ) : null}
    </div>
  );
}

/** What the customer wants, by kind. */
export function Needs({ page }: { page: CustomerPageData }) {
  const { options } = useLabels();
  const [open, setOpen] = useState(false);
  const { id } = page.customer;
  const add = async ({ kind, text, priority }: Values): Promise<boolean> => {
    try {
      await addNeed(id, {
        kind: kind || (options('need_kind')[0]?.key ?? 'other'),
        text,
        priority: priority || 'core',
      });
      refreshWork(id);
      return true;
    } catch (failure) {
      sayFailure(failure);
      return false;
    }
  };
  const confirmed = page.needs
    .map((need) => need.confirmed_on ?? '')
    .sort()
    .at(-1);
  const adder = page.can.update ? (
    <button type="button" className="act" aria-expanded={open} onClick={() => setOpen(!open)}>
      {t('page.add_one')}
    </button>
  ) : confirmed ? (
    <span className="meta">{t('page.confirmed', { when: formatDay(confirmed) })}</span>
  ) : null;
  const hold = async () => {
    try {
      await confirmNeeds(id);
      say(t('page.needs_confirmed'));
    } catch (failure) {
      sayFailure(failure);
    }
    refreshDeals(id);
  };
  return (
    <Section title={t('page.needs')} note={adder}>
      {page.needs.length ? null : <p className="second">{t('page.no_needs')}</p>}
      {page.needs.map((need) => (
        <NeedLine key={need.id} need={need} customerId={id} may={Boolean(page.can.update)} />
      ))}
      {page.needs.length && page.can.update ? (
        <button type="button" className="act" onClick={() => void hold()}>
          {t('page.needs_hold')}
          {confirmed ? (
            <span className="meta"> {t('page.confirmed', { when: formatDay(confirmed) })}</span>
          ) : null}
        </button>
      ) : null}
      {open ? (
        <NeedForm
          start={{ kind: '', text: '', priority: '' }}
          icon={Plus}
          label={t('common.add')}
          save={add}
        />
      ) : null}
    </Section>
  );
}
