import { Button, Input } from 'antd';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import {
  type Contract,
  notePayment,
  type Paid,
  type Part,
  planContract,
  refreshContracts,
  takePaymentBack,
} from '@/api/contracts';
import { Labelled, MoneyField } from '@/components/contracts/TermsDialog';
import { WhyDialog } from '@/components/contracts/WhyDialog';
import { dayOf } from '@/components/contracts/words';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { formatMoneyFull } from '@/lib/money';
import { say } from '@/lib/notify';
import { now } from '@/lib/time';
import { toWallText } from '@/lib/wall';
import { t } from '@/locales';

const today = (): string => toWallText(now().toISOString()).slice(0, 10);

interface Line {
  key: number;
  what: string;
  due_on: string;
  amount: number | null;
}

function PlanDialog({ contract, close }: { contract: Contract; close: () => void }) {
  const begins: Line[] = (contract.money?.plan ?? []).map((part, key) => ({ ...part, key }));
  const blank = (key: number, amount: number | null): Line => ({ key, what: '', due_on: '', amount });
  const [lines, setLines] = useState<Line[]>(begins.length ? begins : [blank(0, contract.amount)]);
  const total = lines.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  const left = (contract.amount ?? 0) - total;
  const set = (key: number, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const run = async () => {
    const parts: Part[] = lines.map((line) => ({
      what: line.what.trim(),
      due_on: line.due_on,
      amount: line.amount ?? 0,
    }));
    await planContract(contract.id, contract.version, parts);
    refreshContracts(contract.customer.id);
    close();
  };
  return (
    <FormModal
      title={t('contracts.plan')}
      ready={lines.every((line) => line.due_on && line.amount)}
      run={run}
      close={close}
      width={620}
      className="plan-form"
    >
      {lines.map((line, at) => (
        <div key={line.key} className="plan-line">
          <Input
            value={line.what}
            maxLength={120}
            aria-label={t('contracts.what')}
            placeholder={t('contracts.part', { n: at + 1 })}
            onChange={(event) => set(line.key, { what: event.target.value })}
          />
          <DateInput
            label={t('contracts.due_on')}
            value={line.due_on}
            onChange={(day) => set(line.key, { due_on: day ?? '' })}
          />
          <MoneyField
            label={t('contracts.part_amount')}
            value={line.amount}
            currency={contract.currency}
            onChange={(amount) => set(line.key, { amount })}
          />
          <button
            type="button"
            className="icon-act"
            aria-label={t('contracts.drop_part')}
            onClick={() => setLines(lines.filter((one) => one.key !== line.key))}
          >
            <X size={16} strokeWidth={1.6} />
          </button>
        </div>
      ))}
      <div className="plan-foot">
        <button
          type="button"
          className="act"
          onClick={() =>
            setLines([...lines, blank(Math.max(-1, ...lines.map((one) => one.key)) + 1, Math.max(0, left))])
          }
        >
          <Plus size={14} strokeWidth={1.6} aria-hidden="true" /> {t('contracts.add_part')}
        </button>
        <span className={left ? 'amber' : 'second'}>
          {left
            ? t(left > 0 ? 'contracts.plan_left' : 'contracts.plan_over', {
                sum: formatMoneyFull(Math.abs(left), contract.currency),
              })
            : t('contracts.plan_even', { sum: formatMoneyFull(total, contract.currency) })}
        </span>
      </div>
    </FormModal>
  );
}

function PayDialog({ contract, close }: { contract: Contract; close: () => void }) {
  const next = contract.money?.plan.find((part) => part.state !== 'paid');
  const [amount, setAmount] = useState<number | null>(
    next ? next.amount - (next.paid ?? 0) : (contract.money?.open ?? null),
  );
  const [day, setDay] = useState(today());
  const [note, setNote] = useState('');
  const run = async () => {
    await notePayment(contract.id, amount ?? 0, day, note.trim());
    say(t('contracts.paid_noted'));
    refreshContracts(contract.customer.id);
    close();
  };
  return (
    <FormModal
      title={t('contracts.receive')}
      ready={Boolean(amount && day)}
      run={run}
      close={close}
      className="terms-why"
    >
      <Labelled label={t('contracts.paid_amount')}>
        <MoneyField
          label={t('contracts.paid_amount')}
          value={amount}
          currency={contract.currency}
          onChange={setAmount}
        />
      </Labelled>
      <Labelled label={t('contracts.received_on')}>
        <DateInput label={t('contracts.received_on')} value={day} onChange={(at) => setDay(at ?? '')} />
      </Labelled>
      <Labelled label={t('contracts.paid_note')}>
        <Input
          value={note}
          maxLength={200}
          aria-label={t('contracts.paid_note')}
          onChange={(event) => setNote(event.target.value)}
        />
      </Labelled>
    </FormModal>
  );
}

function PlanRow({ part, currency }: { part: Part; currency: string }) {
  const tone = part.state === 'overdue' ? 'verm' : part.state === 'paid' ? 'contract-pine' : 'second';
  return (
    <li className="money-row">
      <span className="cut">{part.what || t('contracts.part', { n: part.position ?? 1 })}</span>
      <span className="second">{dayOf(part.due_on)}</span>
      <span className="money-sum">{formatMoneyFull(part.amount, currency)}</span>
      <span className={tone}>
        {part.state === 'paid' || !part.paid
          ? t(`contracts.part_${part.state ?? 'due'}`)
          : t('contracts.part_some', { sum: formatMoneyFull(part.paid, currency) })}
      </span>
    </li>
  );
}

/** 付款计划和回款: what is due on which day, what came in, what is open. */
export function Money({ contract }: { contract: Contract }) {
  const [doing, setDoing] = useState<'plan' | 'pay' | Paid | null>(null);
  const { money, can, currency } = contract;
  if (!money) return null;
  const close = () => setDoing(null);
  return (
    <section className="sheet contract-part">
      <header>
        <h2>{t('contracts.money')}</h2>
        <span>
          {can.plan ? (
            <button type="button" className="act" onClick={() => setDoing('plan')}>
              {t('contracts.plan')}
            </button>
          ) : null}
          {can.receive && money.open > 0 ? (
            <Button size="small" onClick={() => setDoing('pay')}>
              {t('contracts.receive')}
            </Button>
          ) : null}
        </span>
      </header>
      {contract.state === 'signed' || contract.state === 'ended' ? (
        <p>
          {t('contracts.stand', {
            got: formatMoneyFull(money.received, currency),
            open: formatMoneyFull(money.open, currency),
          })}
          {money.overdue ? (
            <span className="verm">
              {' '}
              {t('contracts.late', { sum: formatMoneyFull(money.overdue, currency) })}
            </span>
          ) : null}
        </p>
      ) : null}
      {money.plan.length ? (
        <ul>
          {money.plan.map((part) => (
            <PlanRow key={part.id} part={part} currency={currency} />
          ))}
        </ul>
      ) : (
        <p className="second">{t('contracts.no_plan')}</p>
      )}
      {money.payments.length ? (
        <>
          <h3 className="second">{t('contracts.payments')}</h3>
          <ul>
            {money.payments.map((paid) => (
              <li key={paid.id} className="money-row">
                <span className="cut">{paid.note || paid.created_by__name}</span>
                <span className="second">{dayOf(paid.received_on)}</span>
                <span className="money-sum">{formatMoneyFull(paid.amount, currency)}</span>
                {can.unreceive ? (
                  <button type="button" className="act" onClick={() => setDoing(paid)}>
                    {t('contracts.unreceive')}
                  </button>
                ) : (
                  <span />
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doing === 'plan' ? <PlanDialog contract={contract} close={close} /> : null}
      {doing === 'pay' ? <PayDialog contract={contract} close={close} /> : null}
      {doing && typeof doing === 'object' ? (
        <WhyDialog
          title={t('contracts.unreceive_title', { sum: formatMoneyFull(doing.amount, currency) })}
          save={t('contracts.unreceive')}
          hint={t('contracts.unreceive_why')}
          danger
          close={close}
          run={async (why) => {
            await takePaymentBack(doing.id, why);
            refreshContracts(contract.customer.id);
            close();
          }}
        />
      ) : null}
    </section>
  );
}
