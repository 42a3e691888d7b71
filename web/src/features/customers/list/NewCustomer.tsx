import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, api, newKey, sentenceOf } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body, Field } from '@/api/types';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { FoldedForm, RecordForm, type Values } from '@/components/RecordForm';
import { defaultsOf, lacking, sentOf } from '@/lib/filling';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { isBlank, isOpen } from '@/lib/own';
import { t } from '@/locales';
import { SimilarBox, useSimilar } from './Similar';
import './new-customer.css';

/** What is asked at once beside whatever must be filled in; the rest stands under 更多. */
const FIRST = ['source', 'industry', 'region', 'amount'];
const PERSON = ['name', 'title', 'phone', 'wechat'];

interface Problems {
  customer: Record<string, string>;
  contact: Record<string, string>;
}
const NONE: Problems = { customer: {}, contact: {} };

/** The server's problems by field; `contact.phone` is one of the person. */
function refusedFields(failure: unknown): Problems {
  if (!(failure instanceof ApiError)) return NONE;
  const rows: Problems = { customer: {}, contact: {} };
  const put = (field: string | null, text: string) => {
    const [, person, slug = ''] = /^(contact\.)?(.*)$/.exec(field ?? '') ?? [];
    if (slug) rows[person ? 'contact' : 'customer'][slug] = text;
  };
  put(failure.field, failure.message);
  for (const problem of failure.problems) put(problem.field, words(problem));
  return rows;
}

/** What cannot be sent yet: required fields, and some way to reach the person. */
function missing(
  customer: readonly Field[],
  person: readonly Field[],
  values: Values,
  reach: Values,
): Problems {
  const contact = lacking(person, reach);
  const ways = person.filter((field) => field.slug === 'phone' || field.slug === 'wechat');
  if (ways.length && ways.every((field) => isBlank(reach[field.slug])))
    contact[ways[0]?.slug ?? 'phone'] = t('customers.form_need_reach');
  return { customer: lacking(customer, values), contact };
}

const isEmpty = ({ customer, contact }: Problems): boolean =>
  Object.keys(customer).length + Object.keys(contact).length === 0;

/** Values, what is wrong with them, and sending them once. */
function useNew(
  offered: readonly Field[],
  people: readonly Field[],
  done: (id: number, name: string) => void,
) {
  const [values, setValues] = useState<Values>(() => defaultsOf(offered));
  const [reach, setReach] = useState<Values>(() => defaultsOf(people));
  const customer = useStanding('customer')(offered, values);
  const person = useStanding('contact')(people, reach);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key, setKey] = useState(newKey);
  const duplicate = failure instanceof ApiError && failure.code === 'duplicate';
  const lacks = missing(customer, person, values, reach);
  const refused = refusedFields(failure);
  const changed = () => {
    setFailure(null);
    setKey(newKey());
  };
  const create = async () => {
    setTried(true);
    if (!isEmpty(lacks)) return;
    setBusy(true);
    try {
      const body = {
        ...sentOf(customer, values),
        contact: sentOf(person, reach),
        ...(duplicate ? { confirm_duplicate: true } : {}),
      } as Body<'CustomerIn'>;
      const made = await api.post<{ id: number }>('/customers', body, { idempotencyKey: key });
      refreshWork();
      done(made.id, String(values.name).trim());
    } catch (refusal) {
      setFailure(refusal);
      setKey(newKey());
    } finally {
      setBusy(false);
    }
  };
  const problems: Problems = {
    customer: { ...(tried ? lacks.customer : {}), ...refused.customer },
    contact: { ...(tried ? lacks.contact : {}), ...refused.contact },
  };
  return {
    customer,
    person,
    values,
    reach,
    problems,
    busy,
    duplicate,
    create,
    /** A refusal that belongs to no field. */
    refusal: failure && isEmpty(refused) ? sentenceOf(failure) : null,
    set: (slug: string, value: unknown) => {
      setValues((old) => ({ ...old, [slug]: value }));
      changed();
    },
    setPerson: (slug: string, value: unknown) => {
      setReach((old) => ({ ...old, [slug]: value }));
      changed();
    },
  };
}

function Name({ field, form, close }: { field: Field; form: ReturnType<typeof useNew>; close: () => void }) {
  const name = String(form.values.name ?? '');
  const similar = useSimilar({ name, phone: String(form.reach.phone ?? '') });
  const wrong = form.problems.customer.name;
  return (
    <>
      <label className="form-row" data-field="name">
        <span className="form-label">
          {words(field.label)}
          <span className="rf-must">{t('fields.required')}</span>
        </span>
        <Input
          autoFocus
          value={name}
          placeholder={t('customers.form_name_hint')}
          status={wrong ? 'error' : ''}
          onChange={(event) => form.set('name', event.target.value)}
        />
        {wrong ? <span className="verm form-error">{wrong}</span> : null}
      </label>
      <SimilarBox rows={similar} close={close} />
    </>
  );
}

/** A customer with its first person, asked as the team's forms ask. */
export function NewCustomer({ close }: { close: () => void }) {
  return useLabels().ready ? <Form close={close} /> : null;
}

function Form({ close }: { close: () => void }) {
  const phone = usePhone();
  const labels = useLabels();
  const navigate = useNavigate();
  const offered = labels.fields('customer').filter(isOpen);
  const people = labels.fields('contact').filter((field) => isOpen(field) && field.type !== 'contact');
  const times = { customer: useTiming('customer'), contact: useTiming('contact') };
  const form = useNew(offered, people, (id, name) => {
    times.customer.send();
    times.contact.send();
    say(t('customers.form_created', { name }));
    close();
    navigate(`/customers/${id}`);
  });
  const name = form.customer.find((field) => field.slug === 'name');
  return (
    <Drawer
      open
      title={t('customers.new')}
      size={phone ? '100%' : 480}
      onClose={close}
      footer={
        <div className="form-foot">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={form.busy} onClick={() => void form.create()}>
            {form.duplicate ? t('customers.form_create_anyway') : t('customers.form_create')}
          </Button>
        </div>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void form.create();
        }}
      >
        <Timed timing={times.customer}>{name ? <Name field={name} form={form} close={close} /> : null}</Timed>
        <Timed timing={times.contact}>
          <RecordForm
            fields={form.person.filter((field) => PERSON.includes(field.slug) || field.required)}
            values={form.reach}
            problems={form.problems.contact}
            onChange={form.setPerson}
          />
        </Timed>
        <Timed timing={times.customer}>
          <FoldedForm
            record="customer"
            fields={form.customer.filter((field) => field !== name)}
            atOnce={(field) => FIRST.includes(field.slug) || field.required}
            hint={t('customers.form_more')}
            values={form.values}
            problems={form.problems.customer}
            onChange={form.set}
          />
        </Timed>
        {form.refusal ? <p className="verm">{form.refusal}</p> : null}
        <button type="submit" hidden />
      </form>
    </Drawer>
  );
}
