import { Plus, TriangleAlert, X } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { addNeed, removeNeed } from '@/api/customers';
import { refreshWork } from '@/api/queries';
import type { CustomerPageData } from '@/api/types';
import { Pick } from '@/components/Pick';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { shown } from './shown';

export function Section({
  title,
  note,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="side-part">
      <header>
        <h2>{title}</h2>
        {note}
      </header>
      {children}
    </section>
  );
}

export function Warnings({ page }: { page: CustomerPageData }) {
  return page.warnings.map((warning) => (
    <section className="side-part side-warning" key={warning.key ?? warning.zh}>
      <p className="amber">
        <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
        <b>{words(warning)}</b>
      </p>
    </section>
  ));
}

export function Needs({ page }: { page: CustomerPageData }) {
  const { label, options } = useLabels();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<string | null>(null);
  const [text, setText] = useState('');
  const { id } = page.customer;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    try {
      await addNeed(id, { kind: kind ?? options('need_kind')[0]?.key ?? 'other', text: text.trim() });
      setText('');
      refreshWork(id);
    } catch (failure) {
      sayFailure(failure);
    }
  };
  const drop = (need: CustomerPageData['needs'][number]) =>
    void removeNeed(need).then(() => refreshWork(id), sayFailure);
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
  return (
    <Section title={t('page.needs')} note={adder}>
      {page.needs.length ? null : <p className="second">{t('page.no_needs')}</p>}
      {page.needs.map((need) => (
        <div className="side-line" key={need.id}>
          <span className="meta">{label('need_kind', need.kind).replace(/需求$/, '')}</span>
          <span>{need.text}</span>
          {page.can.update && open ? (
            <button
              type="button"
              className="icon-act"
              aria-label={t('common.delete')}
              onClick={() => drop(need)}
            >
              <X size={13} strokeWidth={1.6} />
            </button>
          ) : null}
        </div>
      ))}
      {open ? (
        <form className="side-add" onSubmit={(event) => void add(event)}>
          <Pick
            label={t('page.need_kind')}
            placeholder={t('page.need_kind')}
            value={kind}
            choices={options('need_kind').map((one) => ({ value: one.key, label: words(one) }))}
            onChange={setKind}
          />
          <input
            aria-label={t('page.needs')}
            placeholder={t('page.need_hint')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="icon-act" aria-label={t('common.add')}>
            <Plus size={16} strokeWidth={1.6} />
          </button>
        </form>
      ) : null}
    </Section>
  );
}

const IN_HEAD = new Set([
  'name',
  'intent_class',
  'life_cycle',
  'owner',
  'department',
  'stage',
  'last_contact_at',
  'next_due_at',
  'created_at',
  'paused',
]);

/** What is known of the firm; empty fields are not shown. */
export function Profile({ page, edit }: { page: CustomerPageData; edit: () => void }) {
  const labels = useLabels();
  const { customer } = page;
  const rows = labels
    .fields('customer')
    .filter((field) => !IN_HEAD.has(field.slug))
    .map((field) => ({ field, text: shown(field, customer[field.slug], labels, customer.currency) }))
    .filter((row) => row.text !== null);
  const note = page.can.update ? (
    <button type="button" className="act" onClick={edit}>
      {t('common.edit')}
    </button>
  ) : null;
  return (
    <Section title={t('page.profile')} note={note}>
      {rows.length ? null : <p className="second">{t('page.no_profile')}</p>}
      <dl className="side-facts">
        {rows.map(({ field, text }) => (
          <div key={field.slug}>
            <dt className="meta">{words(field.label)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
