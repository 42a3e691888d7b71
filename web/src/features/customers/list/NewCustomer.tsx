import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, api, newKey, sentenceOf } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body, Similar } from '@/api/types';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatRelativeDay } from '@/lib/time';
import { t } from '@/locales';
import './new-customer.css';

const EMPTY = {
  name: '',
  contact: '',
  title: '',
  phone: '',
  wechat: '',
  source: '',
  industry: '',
  region: '',
  amount: '',
};
type Draft = typeof EMPTY;

function Row({
  label,
  error,
  optional,
  children,
}: {
  label: string;
  error?: string | null;
  optional?: boolean;
  children: ReactNode;
}) {
  return (
    <label className="form-row">
      <span className="form-label">
        {label}
        {optional ? <span className="meta"> {t('common.optional')}</span> : null}
      </span>
      {children}
      {error ? <span className="verm form-error">{error}</span> : null}
    </label>
  );
}

/** Firms that may be the same, while the name or phone is being typed. */
function useSimilar(draft: Draft): Similar[] {
  const name = useDeferredValue(draft.name.trim());
  const phone = useDeferredValue(draft.phone.trim());
  const asked = { name: name.length >= 2 ? name : undefined, phone: phone.length >= 7 ? phone : undefined };
  const found = useQuery({
    queryKey: ['lookup', asked],
    queryFn: () => api.post<{ items: Similar[] }>('/customers/lookup', asked),
    enabled: Boolean(asked.name ?? asked.phone),
    placeholderData: (old) => old,
  });
  return asked.name || asked.phone ? (found.data?.items ?? []) : [];
}

function SimilarBox({ rows, close }: { rows: Similar[]; close: () => void }) {
  const navigate = useNavigate();
  if (rows.length === 0) return null;
  return (
    <div className="similar" role="status">
      <b>{t('customers.similar')}</b>
      {rows.slice(0, 4).map((row) => {
        const owner = typeof row.owner === 'string' ? row.owner : (row.owner?.name ?? '—');
        return (
          <p key={`${row.id}${row.name}`}>
            <span>
              {t('customers.similar_line', { name: row.name, owner })}
              <span className="meta">
                {' '}
                {words(row.why)}
                {row.last_contact_at
                  ? ` · ${t(row.last_contact_by ? 'customers.similar_last_by' : 'customers.similar_last', {
                      name: row.last_contact_by ?? '',
                      when: formatRelativeDay(row.last_contact_at),
                    })}`
                  : ''}
              </span>
            </span>
            {row.visible && row.id !== null ? (
              <button
                type="button"
                className="act"
                onClick={() => {
                  close();
                  navigate(`/customers/${row.id}`);
                }}
              >
                {t('customers.similar_open')}
              </button>
            ) : null}
          </p>
        );
      })}
    </div>
  );
}

function bodyOf(draft: Draft, confirm: boolean): Body<'CustomerIn'> {
  const body: Body<'CustomerIn'> = {
    name: draft.name.trim(),
    contact: {
      name: draft.contact.trim(),
      ...(draft.title.trim() && { title: draft.title.trim() }),
      ...(draft.phone.trim() && { phone: draft.phone.trim() }),
      ...(draft.wechat.trim() && { wechat: draft.wechat.trim() }),
    },
  };
  for (const key of ['source', 'industry', 'region'] as const)
    if (draft[key].trim()) body[key] = draft[key].trim();
  if (draft.amount.trim()) body.amount = Math.round(Number(draft.amount) * 100);
  if (confirm) body.confirm_duplicate = true;
  return body;
}

function missing(draft: Draft): Partial<Record<keyof Draft, string>> {
  const lacks: Partial<Record<keyof Draft, string>> = {};
  if (!draft.name.trim()) lacks.name = t('customers.form_need_name');
  if (!draft.contact.trim()) lacks.contact = t('customers.form_need_contact');
  if (!draft.phone.trim() && !draft.wechat.trim()) lacks.phone = t('customers.form_need_reach');
  if (!draft.source) lacks.source = t('customers.form_need_source');
  return lacks;
}

/** The server's problems by field; `contact.phone` belongs to the phone row. */
function refusedFields(failure: unknown): Partial<Record<string, string>> {
  if (!(failure instanceof ApiError)) return {};
  const rows: Partial<Record<string, string>> = {};
  for (const problem of failure.problems) {
    if (problem.field) rows[problem.field.split('.').at(-1) ?? ''] = words(problem);
  }
  if (failure.field) rows[failure.field.split('.').at(-1) ?? ''] = failure.message;
  return rows;
}

export function NewCustomer({ close }: { close: () => void }) {
  const phone = usePhone();
  const labels = useLabels();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key, setKey] = useState(newKey);
  const similar = useSimilar(draft);
  const duplicate = failure instanceof ApiError && failure.code === 'duplicate';
  const lacks = tried ? { ...missing(draft), ...refusedFields(failure) } : {};
  const set = (field: keyof Draft) => (value: string) => {
    setDraft((old) => ({ ...old, [field]: value }));
    setFailure(null);
    setKey(newKey());
  };
  const input = (field: keyof Draft, more = {}) => (
    <Input
      value={draft[field]}
      status={lacks[field as keyof typeof lacks] ? 'error' : ''}
      onChange={(event) => set(field)(event.target.value)}
      {...more}
    />
  );
  const choose = (field: 'source' | 'industry') => (
    <Select
      showSearch
      allowClear
      optionFilterProp="label"
      value={draft[field] || undefined}
      status={lacks[field] ? 'error' : ''}
      onChange={(value?: string) => set(field)(value ?? '')}
      options={labels.options(field).map((one) => ({ value: one.key, label: words(one) }))}
    />
  );

  const create = async () => {
    setTried(true);
    if (Object.keys(missing(draft)).length > 0) return;
    setBusy(true);
    try {
      const made = await api.post<{ id: number }>('/customers', bodyOf(draft, duplicate), {
        idempotencyKey: key,
      });
      refreshWork();
      say(t('customers.form_created', { name: draft.name.trim() }));
      close();
      navigate(`/customers/${made.id}`);
    } catch (refusal) {
      setFailure(refusal);
      setKey(newKey());
    } finally {
      setBusy(false);
    }
  };

  return (
    <Drawer
      open
      title={t('customers.new')}
      size={phone ? '100%' : 480}
      onClose={close}
      footer={
        <div className="form-foot">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => void create()}>
            {duplicate ? t('customers.form_create_anyway') : t('customers.form_create')}
          </Button>
        </div>
      }
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Row label={t('customers.form_name')} error={lacks.name}>
          {input('name', { autoFocus: true, placeholder: t('customers.form_name_hint') })}
        </Row>
        <SimilarBox rows={similar} close={close} />
        <div className="form-pair">
          <Row label={t('customers.form_contact')} error={lacks.contact}>
            {input('contact')}
          </Row>
          <Row label={t('customers.form_title')} optional>
            {input('title')}
          </Row>
        </div>
        <div className="form-pair">
          <Row label={t('customers.form_phone')} error={lacks.phone}>
            {input('phone', { inputMode: 'tel' })}
          </Row>
          <Row label={t('customers.form_wechat')} optional>
            {input('wechat')}
          </Row>
        </div>
        <Row label={t('customers.form_source')} error={lacks.source}>
          {choose('source')}
        </Row>
        <div className="form-pair">
          <Row label={t('customers.form_industry')} optional>
            {choose('industry')}
          </Row>
          <Row label={t('customers.form_region')} optional>
            {input('region')}
          </Row>
        </div>
        <Row label={t('customers.form_amount')} optional>
          {input('amount', { inputMode: 'decimal' })}
        </Row>
        {failure && !Object.keys(refusedFields(failure)).some((field) => field in EMPTY) ? (
          <p className="verm">{sentenceOf(failure)}</p>
        ) : null}
        <p className="meta">{t('customers.form_more')}</p>
        <button type="submit" hidden />
      </form>
    </Drawer>
  );
}
