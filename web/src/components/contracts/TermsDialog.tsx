import { Input, InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Method, Terms } from '@/api/contracts';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { unitOf } from '@/lib/money';
import { words } from '@/lib/names';
import { t } from '@/locales';
import './contracts.css';

export const BLANK: Terms = {
  title: '',
  number: '',
  amount: null,
  currency: 'CNY',
  signed_on: null,
  delivery_period: '',
  service_from: null,
  service_to: null,
  payment_method: '',
  payment_terms: '',
  terms: '',
  renewal_days: 60,
};

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="terms-field">
      <span className="second">{label}</span>
      {children}
    </label>
  );
}

/** Money as people write it; kept in hundredths. */
export function MoneyField({
  label,
  value,
  currency = 'CNY',
  onChange,
}: {
  label: string;
  value: number | null;
  currency?: string;
  onChange: (minor: number | null) => void;
}) {
  return (
    <InputNumber<number>
      aria-label={label}
      className="terms-money"
      min={0}
      precision={2}
      controls={false}
      value={value === null ? null : value / 100}
      suffix={unitOf(currency)}
      onChange={(figure) => onChange(figure === null ? null : Math.round(figure * 100))}
    />
  );
}

/** What a contract says: drafted, or changed before it is signed. */
export function TermsDialog({
  heading,
  begins,
  methods,
  hint,
  run,
  close,
}: {
  heading: string;
  begins: Terms;
  methods: readonly Method[];
  /** What a change leads to. */
  hint?: string;
  run: (terms: Terms) => Promise<void>;
  close: () => void;
}) {
  const [terms, setTerms] = useState(begins);
  const set = (part: Partial<Terms>) => setTerms({ ...terms, ...part });
  const text = (slug: 'title' | 'number' | 'delivery_period' | 'payment_terms', most: number) => (
    <Input
      value={terms[slug]}
      maxLength={most}
      aria-label={t(`contracts.${slug}`)}
      onChange={(event) => set({ [slug]: event.target.value })}
    />
  );
  const choices = methods
    .filter((one) => !one.retired || one.key === terms.payment_method)
    .map((one) => ({ value: one.key, label: words(one) }));
  return (
    <FormModal
      title={heading}
      ready={terms.title.trim() !== ''}
      run={() => run(terms)}
      close={close}
      width={620}
      className="terms-form"
    >
      {hint ? <p className="amber terms-wide">{hint}</p> : null}
      <div className="terms-wide">
        <Labelled label={t('contracts.title')}>{text('title', 200)}</Labelled>
      </div>
      <Labelled label={t('contracts.amount')}>
        <MoneyField
          label={t('contracts.amount')}
          value={terms.amount}
          currency={terms.currency}
          onChange={(amount) => set({ amount })}
        />
      </Labelled>
      <Labelled label={t('contracts.delivery_period')}>{text('delivery_period', 120)}</Labelled>
      <Labelled label={t('contracts.service_from')}>
        <DateInput
          label={t('contracts.service_from')}
          value={terms.service_from ?? ''}
          onChange={(service_from) => set({ service_from })}
        />
      </Labelled>
      <Labelled label={t('contracts.service_to')}>
        <DateInput
          label={t('contracts.service_to')}
          value={terms.service_to ?? ''}
          onChange={(service_to) => set({ service_to })}
        />
      </Labelled>
      <Labelled label={t('contracts.payment_method')}>
        <Pick
          label={t('contracts.payment_method')}
          value={terms.payment_method || null}
          choices={choices}
          onChange={(key) => set({ payment_method: key ?? '' })}
        />
      </Labelled>
      <Labelled label={t('contracts.payment_terms')}>{text('payment_terms', 500)}</Labelled>
      <Labelled label={t('contracts.number')}>{text('number', 60)}</Labelled>
      <Labelled label={t('contracts.renewal_days')}>
        <InputNumber<number>
          aria-label={t('contracts.renewal_days')}
          min={0}
          max={730}
          value={terms.renewal_days}
          onChange={(days) => set({ renewal_days: days ?? 60 })}
        />
      </Labelled>
      <div className="terms-wide">
        <Labelled label={t('contracts.terms')}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={20_000}
            value={terms.terms}
            aria-label={t('contracts.terms')}
            onChange={(event) => set({ terms: event.target.value })}
          />
        </Labelled>
      </div>
    </FormModal>
  );
}
