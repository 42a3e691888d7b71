import { Input, InputNumber } from 'antd';
import { useState } from 'react';
import {
  type Deal,
  type DealOptions,
  type DealValues,
  openDeal,
  refreshDeals,
  updateDeal,
  useDealOptions,
} from '@/api/deals';
import type { Id } from '@/api/types';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { say } from '@/lib/notify';
import { dayFromNow } from '@/lib/time';
import { fromWallText } from '@/lib/wall';
import { t } from '@/locales';
import { Amount } from './Amount';
import { CURRENCIES, choicesOf } from './words';
import './deal-form.css';

interface SlipParts {
  reason: string | null;
  why: string;
  act: string;
  day: string;
}

/** Put off: why, and what is done next by when. */
function SlipFields({
  slip,
  set,
  options,
}: {
  slip: SlipParts;
  set: (slip: SlipParts) => void;
  options: DealOptions | undefined;
}) {
  return (
    <fieldset className="deal-slip">
      <legend>{t('deals.slip')}</legend>
      <Pick
        label={t('deals.slip_reason')}
        placeholder={t('deals.slip_reason')}
        value={slip.reason}
        choices={choicesOf(options?.deal_slip_reason)}
        onChange={(reason) => set({ ...slip, reason })}
      />
      <Input
        value={slip.why}
        maxLength={500}
        aria-label={t('deals.slip_why')}
        placeholder={t('deals.slip_why')}
        onChange={(event) => set({ ...slip, why: event.target.value })}
      />
      <Input
        value={slip.act}
        maxLength={300}
        aria-label={t('deals.slip_act')}
        placeholder={t('deals.slip_act')}
        onChange={(event) => set({ ...slip, act: event.target.value })}
      />
      <DateInput
        value={slip.day}
        label={t('deals.slip_day')}
        onChange={(day) => set({ ...slip, day: day ?? '' })}
      />
    </fieldset>
  );
}

const NOTHING: SlipParts = { reason: null, why: '', act: '', day: '' };

interface Draft {
  title: string;
  stage: string | null;
  amount: number | null;
  currency: string;
  probability: number | null;
  close: string;
  competitors: string;
}
const draftOf = (deal: Deal | undefined, currency: string): Draft => ({
  title: deal?.title ?? '',
  stage: deal?.stage ?? null,
  amount: deal?.amount ?? null,
  currency: deal?.currency ?? currency,
  probability: deal?.own_probability ? deal.probability : null,
  close: deal?.expected_close ?? dayFromNow(30).slice(0, 10),
  competitors: deal?.competitors ?? '',
});

/** Only what was changed goes out, so that two people can change different things. */
function changesOf(draft: Draft, before: Draft | null, lined: boolean): DealValues {
  const all: [keyof Draft, keyof DealValues, unknown][] = [
    ['title', 'title', draft.title.trim()],
    ['stage', 'stage', draft.stage ?? undefined],
    ['amount', 'amount', draft.amount],
    ['currency', 'currency', draft.currency],
    ['probability', 'probability', draft.probability],
    ['close', 'expected_close', draft.close],
    ['competitors', 'competitors', draft.competitors.trim()],
  ];
  const sent = all.filter(
    ([name, slug, value]) =>
      value !== undefined &&
      !(lined && (slug === 'amount' || slug === 'currency')) &&
      (before === null ? value !== null : draft[name] !== before[name]),
  );
  return Object.fromEntries(sent.map(([, slug, value]) => [slug, value])) as DealValues;
}

/** A new deal of a customer, or another text of one; a later day asks why and what comes next. */
export function DealForm({
  customer,
  currency = 'CNY',
  deal,
  close,
  done,
}: {
  customer: Id;
  currency?: string;
  deal?: Deal;
  close: () => void;
  done?: (id: Id) => void;
}) {
  const options = useDealOptions().data;
  const [before] = useState(() => draftOf(deal, currency));
  const [draft, setDraft] = useState(before);
  const [slip, setSlip] = useState(NOTHING);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const late = deal !== undefined && draft.close > deal.expected_close;
  const lined = Boolean(deal?.lines.length);
  const stage = options?.deal_stage.find((one) => one.key === (draft.stage ?? options.deal_stage[0]?.key));
  const run = async () => {
    if (!deal) {
      const { id } = await openDeal(customer, changesOf(draft, null, false));
      say(t('deals.opened'));
      refreshDeals(customer);
      close();
      done?.(id);
      return;
    }
    const due = slip.day ? (fromWallText(`${slip.day} 18:00`) ?? '') : '';
    const told = { reason: slip.reason ?? '', why: slip.why, act: slip.act, due_at: due, precision: 'day' };
    await updateDeal(deal, changesOf(draft, before, lined), late && due ? (told as never) : undefined);
    say(t('deals.saved'));
    refreshDeals(customer);
    close();
  };
  const planned = Boolean(slip.reason && slip.act.trim() && slip.day);
  return (
    <FormModal
      title={t(deal ? 'deals.edit' : 'deals.new')}
      save={deal ? undefined : t('deals.create')}
      ready={Boolean(draft.title.trim() && draft.close && (!late || planned))}
      run={run}
      close={close}
      width={520}
      className="deal-form"
    >
      <label htmlFor="deal-title">
        <span className="second">{t('deals.title_label')}</span>
        <Input
          id="deal-title"
          autoFocus
          maxLength={120}
          value={draft.title}
          placeholder={t('deals.title_hint')}
          onChange={(event) => put({ title: event.target.value })}
        />
      </label>
      <div className="deal-pair">
        <label htmlFor="deal-stage">
          <span className="second">{t('deals.stage')}</span>
          <Pick
            id="deal-stage"
            label={t('deals.stage')}
            clear={false}
            value={draft.stage ?? options?.deal_stage[0]?.key ?? null}
            choices={choicesOf(options?.deal_stage)}
            onChange={(value) => put({ stage: value })}
          />
        </label>
        <label htmlFor="deal-probability">
          <span className="second">{t('deals.probability')}</span>
          <InputNumber<number>
            id="deal-probability"
            controls={false}
            min={0}
            max={100}
            precision={0}
            suffix="%"
            style={{ width: '100%' }}
            value={draft.probability}
            placeholder={stage ? t('deals.of_stage', { n: stage.probability ?? 0 }) : undefined}
            onChange={(value) => put({ probability: value })}
          />
        </label>
      </div>
      <div className="deal-pair">
        <label htmlFor="deal-amount">
          <span className="second">{t(lined ? 'deals.amount_lines' : 'deals.amount')}</span>
          <Amount
            id="deal-amount"
            label={t('deals.amount')}
            currency={draft.currency}
            value={draft.amount}
            disabled={lined}
            set={(amount) => put({ amount })}
          />
        </label>
        <label htmlFor="deal-currency">
          <span className="second">{t('deals.currency')}</span>
          {lined ? (
            <Input id="deal-currency" value={draft.currency} disabled />
          ) : (
            <Pick
              id="deal-currency"
              label={t('deals.currency')}
              clear={false}
              value={draft.currency}
              choices={CURRENCIES.map((code) => ({ value: code, label: code }))}
              onChange={(value) => put({ currency: value ?? 'CNY' })}
            />
          )}
        </label>
      </div>
      <label htmlFor="deal-close">
        <span className="second">{t('deals.close')}</span>
        <DateInput
          id="deal-close"
          label={t('deals.close')}
          value={draft.close}
          onChange={(day) => put({ close: day ?? '' })}
        />
      </label>
      {late ? <SlipFields slip={slip} set={setSlip} options={options} /> : null}
      <label htmlFor="deal-rivals">
        <span className="second">{t('deals.competitors')}</span>
        <Input
          id="deal-rivals"
          maxLength={300}
          value={draft.competitors}
          onChange={(event) => put({ competitors: event.target.value })}
        />
      </label>
    </FormModal>
  );
}
