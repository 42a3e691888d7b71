import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { addContact, removeContact, updateContact } from '@/api/customers';
import { refreshWork } from '@/api/queries';
import type { Contact, Field } from '@/api/types';
import { Conflict } from '@/components/Conflict';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { GroupedForm, type Values } from '@/components/RecordForm';
import { Sure } from '@/components/Sure';
import { VersionsButton } from '@/components/versions/VersionsButton';
import { changed } from '@/lib/changes';
import { type Clash, clashFields, clashOf, kept } from '@/lib/clash';
import { defaultsOf } from '@/lib/filling';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { t } from '@/locales';

export function ContactDrawer({
  contact,
  customerId,
  contacts,
  close,
}: {
  contact: Contact | null;
  customerId: number;
  contacts: readonly Contact[];
  close: () => void;
}) {
  const phone = usePhone();
  const labels = useLabels();
  const fields = labels.fields('contact').filter((field) => !field.read_only);
  const [values, setValues] = useState<Values>(() => ({ ...(contact ?? defaultsOf(fields)) }));
  const standing = useStanding('contact');
  const timing = useTiming('contact');
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [clash, setClash] = useState<Clash | null>(null);
  const slugs = new Set(fields.map((field) => field.slug));

  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      timing.send();
      refreshWork(customerId);
      close();
    } catch (failure) {
      const found = contact ? clashOf(failure) : null;
      if (found) setClash(found);
      else if (failure instanceof ApiError && (failure.field || failure.problems.length)) {
        setProblems({
          ...(failure.field ? { [failure.field]: failure.message } : {}),
          ...Object.fromEntries(failure.problems.map((one) => [one.field ?? '', words(one)])),
        });
        say(failure.message, 'error');
      } else sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };

  const mine = Object.fromEntries(
    Object.entries(changed(contact ?? {}, values)).filter(([slug]) => slugs.has(slug)),
  );
  const save = () => void run(() => (contact ? updateContact(contact, mine) : addContact(customerId, mine)));
  const show = (field: Field, value: unknown) =>
    field.slug === 'reports_to'
      ? (contacts.find((one) => one.id === Number(value))?.name ?? '')
      : (shown(field, value, labels, null) ?? '');
  const open = clash && contact ? clashFields(fields, { ...contact }, mine, clash, show) : [];

  const above = contacts
    .filter((one) => one.id !== contact?.id)
    .map((one) => ({ value: String(one.id), label: one.name, note: one.title ?? '' }));
  return (
    <Drawer
      open
      size={phone ? '100%' : 480}
      title={contact ? contact.name : t('page.add_person')}
      onClose={close}
      footer={
        <div className="edit-foot">
          {contact ? (
            <Sure
              className="act verm"
              what={t('common.delete')}
              run={() => void run(() => removeContact(contact))}
            />
          ) : null}
          {contact ? (
            <VersionsButton
              type="contact"
              id={contact.id}
              name={contact.name}
              changed={() => void run(async () => {})}
            >
              {t('versions.open')}
            </VersionsButton>
          ) : null}
          <span className="edit-gap" />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={save}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <Timed timing={timing}>
        <GroupedForm
          record="contact"
          fields={standing(fields, values)}
          values={values}
          problems={problems}
          choices={{ reports_to: above }}
          onChange={(slug, value) => {
            setValues({ ...values, [slug]: value });
            setProblems(({ [slug]: _mended, ...rest }) => rest);
          }}
        />
      </Timed>
      {clash && contact ? (
        <Conflict
          fields={open}
          clash={clash}
          busy={busy}
          close={() => setClash(null)}
          save={(chosen) =>
            void run(() =>
              updateContact({ id: contact.id, version: clash.version }, kept(mine, open, chosen)),
            )
          }
        />
      ) : null}
    </Drawer>
  );
}
