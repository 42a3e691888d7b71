import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { updateCustomer } from '@/api/customers';
import { refreshWork } from '@/api/queries';
import type { CustomerDetail } from '@/api/types';
import { Conflict } from '@/components/Conflict';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { GroupedForm, type Values } from '@/components/RecordForm';
import { changed } from '@/lib/changes';
import { type Clash, clashFields, clashOf, kept } from '@/lib/clash';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { t } from '@/locales';

/** All fields of a customer, drawn from the field list; only what was changed is sent. */
export function EditDrawer({ customer, close }: { customer: CustomerDetail; close: () => void }) {
  const phone = usePhone();
  const labels = useLabels();
  const fields = labels.fields('customer').filter((field) => !field.read_only);
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map((field) => [field.slug, customer[field.slug] ?? null])),
  );
  const standing = useStanding('customer');
  const timing = useTiming('customer');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [clash, setClash] = useState<Clash | null>(null);
  const [learned, setLearned] = useState('');
  const mine = changed(customer, values);

  const refused = (failure: unknown) => {
    if (!(failure instanceof ApiError)) {
      sayFailure(failure);
      return;
    }
    const found409 = clashOf(failure);
    if (found409) {
      setClash(found409);
      return;
    }
    const found = Object.fromEntries(failure.problems.map((one) => [one.field ?? '', words(one)]));
    if (failure.field && !found[failure.field]) found[failure.field] = failure.message;
    setProblems(found);
    say(failure.message, 'error');
  };

  const save = async (version: number, patch: Values) => {
    if (!Object.keys(patch).length) {
      close();
      return;
    }
    setBusy(true);
    try {
      await updateCustomer(customer.id, version, { ...patch, ...(learned ? { learned } : {}) });
      refreshWork(customer.id);
      timing.send();
      say(t('common.saved'));
      close();
    } catch (failure) {
      refused(failure);
    } finally {
      setBusy(false);
    }
  };

  const open = clash
    ? clashFields(
        fields,
        customer,
        mine,
        clash,
        (field, value) => shown(field, value, labels, customer.currency) ?? '',
      )
    : [];

  return (
    <Drawer
      open
      size={phone ? '100%' : 640}
      title={t('page.edit_title')}
      onClose={close}
      footer={
        <div className="edit-foot">
          <span className="second">{t('page.edit_changed', { n: Object.keys(mine).length })}</span>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => void save(customer.version, mine)}>
            {t('common.save')}
          </Button>
        </div>
      }
    >
      <Timed timing={timing}>
        <GroupedForm
          record="customer"
          fields={standing(fields, { ...customer, ...values })}
          values={values}
          problems={problems}
          onChange={(slug, value) => {
            setValues({ ...values, [slug]: value });
            setProblems(({ [slug]: _mended, ...rest }) => rest);
          }}
        />
      </Timed>
      {Object.keys(mine).length ? (
        <label className="edit-learned">
          <span className="meta">{t('page.learned')}</span>
          <Select
            aria-label={t('page.learned')}
            value={learned}
            options={[
              { value: '', label: t('page.learned_none') },
              ...labels.options('learned_how').map((one) => ({ value: one.key, label: words(one) })),
            ]}
            onChange={setLearned}
          />
        </label>
      ) : null}
      {clash ? (
        <Conflict
          fields={open}
          clash={clash}
          busy={busy}
          close={() => setClash(null)}
          save={(chosen) => void save(clash.version, kept(mine, open, chosen))}
        />
      ) : null}
    </Drawer>
  );
}
