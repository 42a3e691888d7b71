import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import {
  type Deal,
  type LineInput,
  moveDeal,
  refreshDeals,
  updateDeal,
  useDeal,
  useQuotations,
} from '@/api/deals';
import { TopBar } from '@/app/TopBar';
import { DealForm } from '@/components/deals/DealForm';
import { choicesOf, wordOf } from '@/components/deals/words';
import { ErrorState } from '@/components/ErrorState';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { PageSkeleton } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatMoneyFull } from '@/lib/money';
import { say, sayFailure } from '@/lib/notify';
import { formatDay, formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { CloseDialog, ReopenDialog } from './CloseDialogs';
import { DealTabs } from './DealTabs';
import { BLANK, LinesEditor, sentOf, typedOf, useTotals } from './LinesEditor';
import { LinesTable, QuoteSheet } from './Quotations';
import { QuoteForm } from './QuoteForm';
import './deals.css';

type Doing = 'edit' | 'win' | 'lose' | 'reopen';

function Facts({ deal }: { deal: Deal }) {
  const rows: [string, React.ReactNode][] = [
    [
      t('deals.customer'),
      <Link key="c" to={`/customers/${deal.customer.id}`}>
        {deal.customer.name}
      </Link>,
    ],
    [t('deals.amount'), deal.amount === null ? '—' : formatMoneyFull(deal.amount, deal.currency)],
    [
      t('deals.probability'),
      `${deal.probability}%${deal.own_probability ? ` · ${t('deals.set_by_hand')}` : ''}`,
    ],
    [
      t('deals.close'),
      <span key="d" className={deal.late ? 'verm' : undefined}>
        {formatDay(deal.expected_close)}
        {deal.slips ? ` · ${t('deals.slips', { n: deal.slips })}` : ''}
      </span>,
    ],
    [t('deals.owner'), deal.owner?.name ?? '—'],
    [t('deals.competitors'), deal.competitors || '—'],
  ];
  if (deal.state !== 'open') {
    const list = deal.state === 'won' ? deal.options.deal_won_reason : deal.options.deal_lost_reason;
    const day = deal.closed_on ? formatDay(deal.closed_on) : '';
    rows.push([
      t(deal.state === 'won' ? 'deals.won_why' : 'deals.lost_why'),
      [wordOf(list, deal.reason), deal.reason_text, day].filter(Boolean).join(' · '),
    ]);
  }
  return (
    <dl className="deal-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="second">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Lines({ deal }: { deal: Deal }) {
  const [editing, setEditing] = useState(false);
  const [lines, setLines] = useState<LineInput[]>([]);
  const { totals, wrong } = useTotals(lines, '0', deal.currency);
  const { busy, failure, submit } = useSubmit(async () => {
    await updateDeal(deal, { lines: sentOf(lines) });
    say(t('deals.saved'));
    refreshDeals(deal.customer.id);
    setEditing(false);
  });
  const begin = () => {
    setLines(deal.lines.length ? deal.lines.map(typedOf) : [{ ...BLANK }]);
    setEditing(true);
  };
  return (
    <section className="sheet deal-part">
      <header>
        <h2>{t('deals.lines')}</h2>
        {deal.can.update && deal.can.quote && !editing ? (
          <button type="button" className="act" onClick={begin}>
            {t('deals.edit_lines')}
          </button>
        ) : null}
      </header>
      {editing ? (
        <>
          <LinesEditor lines={lines} set={setLines} currency={deal.currency} totals={totals} />
          {wrong ? <p className="verm">{wrong}</p> : null}
          <Refusal failure={failure} />
          <p className="quote-acts">
            <span className="quote-total">
              <span className="second">{t('deals.total_label')}</span>
              <b>{totals ? formatMoneyFull(totals.total, deal.currency) : '—'}</b>
            </span>
            <Button onClick={() => setEditing(false)}>{t('common.cancel')}</Button>
            <Button type="primary" loading={busy} onClick={() => void submit()}>
              {t('common.save')}
            </Button>
          </p>
        </>
      ) : deal.lines.length ? (
        <LinesTable lines={deal.lines} currency={deal.currency} />
      ) : (
        <p className="second">{t('deals.no_lines')}</p>
      )}
    </section>
  );
}

function Quotes({ deal }: { deal: Deal }) {
  const query = useQuotations(deal.id);
  const [writing, setWriting] = useState(false);
  const items = query.data?.items ?? [];
  return (
    <section className="sheet deal-part">
      <header>
        <h2>{t('deals.quotations')}</h2>
        {deal.can.quote && !writing && query.data ? (
          <button type="button" className="act" onClick={() => setWriting(true)}>
            {t(items.length ? 'deals.quote_again' : 'deals.quote_new')}
          </button>
        ) : null}
      </header>
      {writing ? <QuoteForm deal={deal} last={items[0]} close={() => setWriting(false)} /> : null}
      {query.data && !items.length && !writing ? <p className="second">{t('deals.no_quotes')}</p> : null}
      {items.map((quote) => (
        <QuoteSheet key={quote.id} quote={quote} />
      ))}
    </section>
  );
}

/** One deal: where it stands, what it is made of, what was offered on which talk, what is to be done. */
export function DealPage() {
  const id = Number(useParams().id);
  const { data: deal, error, refetch } = useDeal(id);
  const phone = usePhone();
  const [doing, setDoing] = useState<Doing | null>(null);
  if (error && !deal) return <ErrorState failure={error} retry={() => void refetch()} />;
  if (!deal) return <PageSkeleton />;
  const close = () => setDoing(null);
  const move = async (stage: string | null) => {
    if (!stage || stage === deal.stage) return;
    try {
      await moveDeal(deal, stage);
    } catch (failure) {
      sayFailure(failure);
    }
    refreshDeals(deal.customer.id);
  };
  const acts = (['edit', 'win', 'lose', 'reopen'] as const).filter(
    (act) => deal.can[act === 'edit' ? 'update' : act],
  );
  return (
    <>
      <TopBar title={deal.title} tabs={phone ? undefined : <DealTabs />} />
      <div className="deal-page">
        <div className="deal-head">
          {deal.can.move ? (
            <span className="deal-head-stage">
              <Pick
                label={t('deals.stage')}
                clear={false}
                value={deal.stage}
                choices={choicesOf(deal.options.deal_stage)}
                onChange={(stage) => void move(stage)}
              />
            </span>
          ) : (
            <b className={deal.state === 'won' ? 'pine' : undefined}>
              {deal.state === 'open'
                ? wordOf(deal.options.deal_stage, deal.stage)
                : t(deal.state === 'won' ? 'deals.state_won' : 'deals.state_lost')}
            </b>
          )}
          <span className="deal-acts">
            {acts.map((act) => (
              <Button key={act} type={act === 'win' ? 'primary' : undefined} onClick={() => setDoing(act)}>
                {t(`deals.${act}`)}
              </Button>
            ))}
          </span>
        </div>
        <section className="sheet deal-part">
          <Facts deal={deal} />
          {deal.todos
            .filter((one) => one.state === 'open')
            .map((one) => (
              <p key={one.id} className={one.overdue ? 'verm' : 'second'}>
                {t('deals.next', { act: one.act, when: formatWhen(one.due_at, one.precision) })}
              </p>
            ))}
        </section>
        <Lines deal={deal} />
        <Quotes deal={deal} />
      </div>
      {doing === 'edit' ? <DealForm customer={deal.customer.id} deal={deal} close={close} /> : null}
      {doing === 'win' || doing === 'lose' ? <CloseDialog deal={deal} act={doing} close={close} /> : null}
      {doing === 'reopen' ? <ReopenDialog deal={deal} close={close} /> : null}
    </>
  );
}
