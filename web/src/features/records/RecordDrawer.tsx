import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { ApiError, api, newKey } from '@/api/client';
import { keys } from '@/api/queries';
import { changeRecord, makeRecord, type OwnRecord, refreshRecords } from '@/api/records';
import type { CustomerPageData, Named } from '@/api/types';
import { Conflict } from '@/components/Conflict';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { GroupedForm, type Values } from '@/components/RecordForm';
import { changed } from '@/lib/changes';
import { type Clash, clashFields, clashOf, kept } from '@/lib/clash';
import { defaultsOf, lacking, sentOf } from '@/lib/filling';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { isOpen } from '@/lib/own';
import { shown } from '@/lib/shown';
import { idOf } from '@/lib/who';
import { t } from '@/locales';

/** The people of the chosen customer. */
function useContacts(customer: number | null) {
  const page = useQuery({
    queryKey: keys.customer(customer ?? 0),
    queryFn: () => api.get<CustomerPageData>(`/customers/${customer}`),
    enabled: customer !== null,
    retry: false,
  });
  return (page.data?.contacts ?? []).map((one) => ({ value: String(one.id), label: one.name }));
}

/** A new row of a type, or one that is changed; asked as the team's form asks. */
export function RecordDrawer({
  type,
  record,
  customer,
  close,
  made,
}: {
  type: string;
  record?: OwnRecord;
  /** The one it is made for. */
  customer?: Named;
  close: () => void;
  made?: (id: number) => void;
}) {
  const phone = usePhone();
  const labels = useLabels();
  const fields = labels.fields(type).filter(isOpen);
  const [values, setValues] = useState<Values>(() =>
    record
      ? Object.fromEntries(fields.map(({ slug }) => [slug, (record as unknown as Values)[slug] ?? null]))
      : { ...defaultsOf(fields), ...(customer ? { customer } : {}) },
  );
  const contacts = useContacts(idOf(values.customer));
  const standing = useStanding(type)(fields, { ...record, ...values });
  const timing = useTiming(type);
  const [key] = useState(newKey);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [clash, setClash] = useState<Clash | null>(null);
  const mine = record ? changed(record, values) : {};
  const bare = (sent: Values): Values => ({
    ...sent,
    ...('customer' in sent ? { customer: idOf(sent.customer) } : {}),
    ...('contact' in sent ? { contact: idOf(sent.contact) } : {}),
  });
  const lacks = lacking(standing, values);

  const refused = (failure: unknown) => {
    const found409 = record ? clashOf(failure) : null;
    if (found409) return setClash(found409);
    if (!(failure instanceof ApiError)) return sayFailure(failure);
    const found = Object.fromEntries(failure.problems.map((one) => [one.field ?? '', words(one)]));
    if (failure.field && !found[failure.field]) found[failure.field] = failure.message;
    setProblems(found);
    say(failure.message, 'error');
  };
  const send = async (version: number, patch: Values) => {
    setBusy(true);
    try {
      if (record) {
        if (Object.keys(patch).length) await changeRecord(type, record.id, version, bare(patch));
        say(t('common.saved'));
      } else {
        const done = await makeRecord(type, bare(sentOf(standing, values)), key);
        say(t('own.made', { name: String(values.name ?? '').trim(), n: done.number }));
        made?.(done.id);
      }
      timing.send();
      await refreshRecords();
      close();
    } catch (failure) {
      refused(failure);
    } finally {
      setBusy(false);
    }
  };
  const save = () => {
    setTried(true);
    if (Object.keys(lacks).length) return;
    void send(record?.version ?? 0, mine);
  };
  const open =
    clash && record
      ? clashFields(
          fields,
          record as unknown as Values,
          mine,
          clash,
          (field, value) => shown(field, value, labels, null) ?? '',
        )
      : [];
  return (
    <Drawer
      open
      size={phone ? '100%' : 560}
      title={
        record ? t('own.edit', { n: record.number }) : t('own.new_of', { name: words(labels.type(type)) })
      }
      onClose={close}
      footer={
        <div className="form-foot">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={save}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <Timed timing={timing}>
        <GroupedForm
          record={type}
          fields={standing}
          values={values}
          problems={{ ...(tried ? lacks : {}), ...problems }}
          choices={{ contact: contacts }}
          onChange={(slug, value) => {
            // Another customer has other people.
            const also = slug === 'customer' ? { contact: null } : {};
            setValues((old) => ({ ...old, [slug]: value, ...also }));
            setProblems(({ [slug]: _mended, ...rest }) => rest);
          }}
        />
      </Timed>
      {clash ? (
        <Conflict
          fields={open}
          clash={clash}
          busy={busy}
          close={() => setClash(null)}
          save={(chosen) => void send(clash.version, kept(mine, open, chosen))}
        />
      ) : null}
    </Drawer>
  );
}
