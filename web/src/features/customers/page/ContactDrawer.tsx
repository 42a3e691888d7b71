import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { addContact, removeContact, updateContact } from '@/api/customers';
import { refreshWork } from '@/api/queries';
import type { Contact } from '@/api/types';
import { RecordForm, type Values } from '@/components/RecordForm';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { changed } from './changes';

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
  const fields = useLabels()
    .fields('contact')
    .filter((field) => !field.read_only);
  const [values, setValues] = useState<Values>(() => ({ ...(contact ?? {}) }));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const slugs = new Set(fields.map((field) => field.slug));

  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      refreshWork(customerId);
      close();
    } catch (failure) {
      if (failure instanceof ApiError && (failure.field || failure.problems.length)) {
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

  const save = () => {
    const patch = changed(contact ?? {}, values);
    const sent = Object.fromEntries(Object.entries(patch).filter(([slug]) => slugs.has(slug)));
    void run(() => (contact ? updateContact(contact, sent) : addContact(customerId, sent)));
  };

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
            <Button danger type="text" onClick={() => void run(() => removeContact(contact))}>
              {t('common.delete')}
            </Button>
          ) : null}
          <span className="edit-gap" />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={save}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <RecordForm
        fields={fields}
        values={values}
        problems={problems}
        choices={{ reports_to: above }}
        onChange={(slug, value) => setValues({ ...values, [slug]: value })}
      />
    </Drawer>
  );
}
