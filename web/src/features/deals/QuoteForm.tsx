import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { type Deal, type LineInput, makeQuotation, type Quotation, refreshDeals } from '@/api/deals';
import type { FollowUpItem, Page } from '@/api/types';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { formatMoneyFull } from '@/lib/money';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { dayFromNow, formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { BLANK, LinesEditor, sentOf, typedOf, useTotals } from './LinesEditor';

/** The records of the customer that an offer can rest on, newest first. */
const useTalks = (customer: number) =>
  useQuery({
    queryKey: ['followups', 'talks', customer],
    queryFn: () => api.get<Page<FollowUpItem>>('/followups', { query: { customer_id: customer, limit: 50 } }),
  });

/** The talk itself, so that the offer is written with it in view. */
function TalkView({ talk }: { talk: FollowUpItem }) {
  const needs = (talk.needs ?? []).map((one) => one.text).join('；');
  return (
    <div className="quote-talk">
      <p>{talk.summary}</p>
      {talk.feedback ? <p className="second">{talk.feedback}</p> : null}
      {needs ? <p className="meta">{t('deals.talk_needs', { text: needs })}</p> : null}
    </div>
  );
}

/** A quotation while it is written: the talk it rests on, its lines with live sums, until when it holds. */
export function QuoteForm({
  deal,
  last,
  close,
}: {
  deal: Deal;
  last: Quotation | undefined;
  close: () => void;
}) {
  const labels = useLabels();
  const talks = (useTalks(deal.customer.id).data?.items ?? []).filter((one) => !one.attempt);
  const [talk, setTalk] = useState<string | null>(null);
  const start = last?.lines ?? deal.lines;
  const [lines, setLines] = useState<LineInput[]>(start.length ? start.map(typedOf) : [{ ...BLANK }]);
  const [discount, setDiscount] = useState(last && last.discount !== '0' ? last.discount : '');
  const [until, setUntil] = useState(dayFromNow(30).slice(0, 10));
  const [terms, setTerms] = useState(last?.terms ?? '');
  const [why, setWhy] = useState('');
  const { totals, wrong } = useTotals(lines, discount, deal.currency);
  const chosen = talks.find((one) => String(one.id) === talk);
  const { busy, failure, submit } = useSubmit(async () => {
    const made = await makeQuotation(deal.id, {
      followup_id: talk === null ? null : Number(talk),
      lines: sentOf(lines),
      discount: discount || '0',
      currency: deal.currency,
      valid_until: until || null,
      terms,
      why,
    });
    say(
      made.notice
        ? words(made.notice)
        : t(made.state === 'waiting' ? 'deals.quote_waits' : 'deals.quote_made', { number: made.number }),
    );
    refreshDeals(deal.customer.id);
    close();
  });
  return (
    <form
      className="quote-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label htmlFor="quote-talk">
        <span className="second">{t('deals.talk')}</span>
        <Pick
          id="quote-talk"
          label={t('deals.talk')}
          placeholder={t(talks.length ? 'deals.talk_hint' : 'deals.talk_none')}
          value={talk}
          choices={talks.map((one) => ({
            value: String(one.id),
            label: `${one.contact_at ? formatWhen(one.contact_at, one.precision) : ''} ${labels.label('channel', one.channel)} · ${(one.summary ?? '').slice(0, 40)}`,
          }))}
          onChange={setTalk}
        />
      </label>
      {chosen ? <TalkView talk={chosen} /> : null}
      <LinesEditor lines={lines} set={setLines} currency={deal.currency} totals={totals} />
      <div className="quote-foot">
        <label htmlFor="quote-off">
          <span className="second">{t('deals.whole_off')}</span>
          <Input
            id="quote-off"
            inputMode="decimal"
            value={discount}
            placeholder="0"
            suffix="%"
            onChange={(event) => setDiscount(event.target.value.trim())}
          />
        </label>
        <label htmlFor="quote-until">
          <span className="second">{t('deals.until')}</span>
          <DateInput
            id="quote-until"
            label={t('deals.until')}
            value={until}
            onChange={(day) => setUntil(day ?? '')}
          />
        </label>
        <p className="quote-total" role="status">
          <span className="second">{t('deals.total_label')}</span>
          <b>{totals ? formatMoneyFull(totals.total, deal.currency) : '—'}</b>
          {totals && totals.percent !== '0' ? (
            <span className="meta">{t('deals.below_list', { n: totals.percent })}</span>
          ) : null}
        </p>
      </div>
      {wrong ? <p className="verm">{wrong}</p> : null}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={5000}
        value={terms}
        aria-label={t('deals.terms')}
        placeholder={t('deals.terms_hint')}
        onChange={(event) => setTerms(event.target.value)}
      />
      {totals && totals.percent !== '0' ? (
        <Input
          value={why}
          maxLength={500}
          aria-label={t('deals.why_off')}
          placeholder={t('deals.why_off')}
          onChange={(event) => setWhy(event.target.value)}
        />
      ) : null}
      <Refusal failure={failure} />
      <p className="quote-acts">
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('deals.quote_save')}
        </Button>
      </p>
    </form>
  );
}
