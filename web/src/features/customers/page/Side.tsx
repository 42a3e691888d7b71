import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { noteCall } from '@/api/followups';
import type { CustomerPageData } from '@/api/types';
import { Value } from '@/components/Value';
import { groupTitle } from '@/lib/filling';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { ownGroups } from '@/lib/page-layout';
import { shown } from '@/lib/shown';
import { t } from '@/locales';

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
export function Profile({
  page,
  edit,
  group,
}: {
  page: CustomerPageData;
  edit: () => void;
  /** Only this group of fields; else all that have no place of their own. */
  group?: string;
}) {
  const labels = useLabels();
  const { customer } = page;
  const apart = ownGroups(labels.page('customer'));
  const rows = labels
    .fields('customer')
    .filter((field) => !IN_HEAD.has(field.slug))
    .filter((field) => (group ? field.group === group : !apart.has(field.group)))
    .filter((field) => shown(field, customer[field.slug], labels, customer.currency) !== null);
  const note = page.can.update ? (
    <button type="button" className="act" onClick={edit}>
      {t('common.edit')}
    </button>
  ) : null;
  if (group && !rows.length) return null;
  return (
    <Section title={group ? groupTitle(group, labels.groups('customer')) : t('page.profile')} note={note}>
      {rows.length ? null : <p className="second">{t('page.no_profile')}</p>}
      <dl className="side-facts">
        {rows.map((field) => (
          <div key={field.slug}>
            <dt className="meta">{words(field.label)}</dt>
            <dd>
              <Value
                field={field}
                value={customer[field.slug]}
                labels={labels}
                whole
                currency={customer.currency}
                called={() => noteCall(customer.id, null)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
