import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useRequest } from '@/api/approval-requests';
import {
  type Contract,
  cancelContract,
  changeContract,
  endContract,
  refreshContracts,
  renewContract,
  signContract,
  submitContract,
  type Terms,
  useContract,
} from '@/api/contracts';
import { TopBar } from '@/app/TopBar';
import { Labelled, TermsDialog } from '@/components/contracts/TermsDialog';
import { WhyDialog } from '@/components/contracts/WhyDialog';
import { dayOf, stateOf, toneOf } from '@/components/contracts/words';
import { DateInput } from '@/components/DateInput';
import { ErrorState } from '@/components/ErrorState';
import { FormModal } from '@/components/FormModal';
import { SkeletonRows } from '@/components/Skeletons';
import { formatMoneyFull } from '@/lib/money';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen, now } from '@/lib/time';
import { toWallText } from '@/lib/wall';
import { type Key, t } from '@/locales';
import { Document } from './Document';
import { Money } from './Money';
import '@/components/contracts/contracts.css';
import './contract-pages.css';

type Doing = 'update' | 'submit' | 'sign' | 'cancel' | 'end';

const TERMS = [
  'title',
  'number',
  'amount',
  'currency',
  'signed_on',
  'delivery_period',
  'service_from',
  'service_to',
  'payment_method',
  'payment_terms',
  'terms',
  'renewal_days',
] as const satisfies readonly (keyof Terms)[];
const termsOf = (contract: Contract): Terms =>
  Object.fromEntries(TERMS.map((slug) => [slug, contract[slug]])) as unknown as Terms;
/** Only what differs is sent: who changes a title undoes no approval. */
const differing = (before: Terms, after: Terms): Partial<Terms> =>
  Object.fromEntries(TERMS.filter((slug) => before[slug] !== after[slug]).map((slug) => [slug, after[slug]]));

function SignDialog({ contract, close }: { contract: Contract; close: () => void }) {
  const [number, setNumber] = useState(contract.number);
  const [day, setDay] = useState(contract.signed_on ?? toWallText(now().toISOString()).slice(0, 10));
  const run = async () => {
    await signContract(contract.id, number.trim(), day || null);
    say(t('contracts.signed_said'));
    refreshContracts(contract.customer.id);
    close();
  };
  return (
    <FormModal
      title={t('contracts.sign')}
      save={t('contracts.sign')}
      ready
      run={run}
      close={close}
      className="terms-why"
    >
      <p className="second">{t('contracts.sign_hint')}</p>
      <Labelled label={t('contracts.number')}>
        <Input
          autoFocus
          value={number}
          maxLength={60}
          aria-label={t('contracts.number')}
          onChange={(event) => setNumber(event.target.value)}
        />
      </Labelled>
      <Labelled label={t('contracts.signed_on')}>
        <DateInput label={t('contracts.signed_on')} value={day} onChange={(at) => setDay(at ?? '')} />
      </Labelled>
    </FormModal>
  );
}

function Dialogs({ contract, doing, close }: { contract: Contract; doing: Doing; close: () => void }) {
  const done = (said?: string) => {
    if (said) say(said);
    refreshContracts(contract.customer.id);
    close();
  };
  if (doing === 'sign') return <SignDialog contract={contract} close={close} />;
  if (doing === 'update')
    return (
      <TermsDialog
        heading={t('contracts.update')}
        begins={termsOf(contract)}
        methods={contract.payment_methods}
        hint={
          contract.state === 'approved'
            ? t('contracts.lapse_hint')
            : contract.state === 'in_review'
              ? t('contracts.restart_hint')
              : undefined
        }
        close={close}
        run={async (terms) => {
          const changed = await changeContract(
            contract.id,
            contract.version,
            differing(termsOf(contract), terms),
          );
          done(changed.notice ? words(changed.notice) : undefined);
        }}
      />
    );
  if (doing === 'submit')
    return (
      <WhyDialog
        title={t('contracts.submit')}
        save={t('contracts.submit')}
        hint={t('contracts.submit_hint')}
        demanded={false}
        close={close}
        run={async (text) => {
          await submitContract(contract.id, text);
          done(t('contracts.submitted'));
        }}
      />
    );
  return (
    <WhyDialog
      title={t(`contracts.${doing}`)}
      save={t(`contracts.${doing}`)}
      hint={t('contracts.why')}
      danger
      close={close}
      run={async (why) => {
        await (doing === 'end' ? endContract : cancelContract)(contract.id, why);
        done();
      }}
    />
  );
}

function Fact({ name, children, blank = false }: { name: Key; children: string; blank?: boolean }) {
  return (
    <div className="contract-fact">
      <dt className="second">{t(name)}</dt>
      <dd className={blank && !children ? 'amber' : undefined}>{children || t('contracts.not_filled')}</dd>
    </div>
  );
}

function Facts({ contract }: { contract: Contract }) {
  const lacking = new Set(contract.missing.signature);
  const blank = (slug: string) => contract.state !== 'cancelled' && lacking.has(slug);
  const method = contract.payment_methods.find((one) => one.key === contract.payment_method);
  const period =
    contract.service_from && contract.service_to
      ? t('contracts.from_to', { from: dayOf(contract.service_from), to: dayOf(contract.service_to) })
      : contract.service_period;
  return (
    <dl className="contract-facts">
      <Fact name="contracts.amount" blank={blank('amount')}>
        {contract.amount === null ? '' : formatMoneyFull(contract.amount, contract.currency)}
      </Fact>
      <Fact name="contracts.number" blank={blank('number')}>
        {contract.number}
      </Fact>
      <Fact name="contracts.signed_on" blank={blank('signed_on')}>
        {contract.signed_on ? dayOf(contract.signed_on) : ''}
      </Fact>
      <Fact name="contracts.delivery_period" blank={blank('delivery_period')}>
        {contract.delivery_period}
      </Fact>
      <Fact name="contracts.service_period" blank={blank('service_from') || blank('service_to')}>
        {period}
      </Fact>
      <Fact name="contracts.payment_method" blank={blank('payment_method')}>
        {[words(method), contract.payment_terms].filter(Boolean).join('，')}
      </Fact>
      {contract.terms ? <Fact name="contracts.terms">{contract.terms}</Fact> : null}
    </dl>
  );
}

/** Who has to say yes, who has, and who is next. */
function Review({ contract }: { contract: Contract }) {
  const request = useRequest(contract.approval_id).data;
  if (!contract.approval_id || !request) {
    return <p className="second">{t(contract.told ? 'contracts.not_reviewed' : 'contracts.no_review')}</p>;
  }
  return (
    <>
      <ul>
        {request.steps.map((step) => (
          <li key={step.id} className="money-row contract-step">
            <span>{[step.name, step.member?.name].filter(Boolean).join(' · ')}</span>
            <span className={step.state === 'open' ? 'amber' : 'second'}>
              {t(`contracts.step_${step.state}` as Key)}
            </span>
          </li>
        ))}
      </ul>
      <Link className="act" to={`/reviews?which=requests&id=${request.id}`}>
        {t('contracts.to_review')}
      </Link>
    </>
  );
}

function Body({ contract }: { contract: Contract }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const navigate = useNavigate();
  const renew = () =>
    renewContract(contract.id).then((made) => {
      refreshContracts(contract.customer.id);
      navigate(`/contracts/${made.id}`);
    }, sayFailure);
  const { can } = contract;
  const first: Doing | null = can.sign ? 'sign' : can.submit ? 'submit' : null;
  const others = (['update', 'end', 'cancel'] as const).filter((act) => can[act]);
  return (
    <div className="contract-page">
      <section className="sheet contract-part contract-main">
        <header>
          <div>
            <h1 className="song">{contract.title || t('contracts.contract')}</h1>
            <p className="second">
              {contract.customer.seen ? (
                <Link to={`/customers/${contract.customer.id}`}>{contract.customer.name}</Link>
              ) : null}
              {contract.owner ? ` · ${contract.owner.name}` : ''}
              {contract.renews ? (
                <>
                  {' · '}
                  <Link to={`/contracts/${contract.renews.id}`}>
                    {t('contracts.renews', { title: contract.renews.title })}
                  </Link>
                </>
              ) : null}
            </p>
          </div>
          <b className={toneOf(contract.state)}>{stateOf(contract.state)}</b>
        </header>
        {contract.note ? <p className="amber">{contract.note}</p> : null}
        <Facts contract={contract} />
        <p className="contract-acts">
          {first ? (
            <Button type="primary" onClick={() => setDoing(first)}>
              {t(`contracts.${first}`)}
            </Button>
          ) : null}
          {can.renew && !contract.renewed ? (
            <Button onClick={() => void renew()}>{t('contracts.renew')}</Button>
          ) : null}
          {others.map((act) => (
            <button key={act} type="button" className="act" onClick={() => setDoing(act)}>
              {t(`contracts.${act}`)}
            </button>
          ))}
        </p>
      </section>
      <div className="contract-side">
        <section className="sheet contract-part">
          <header>
            <h2>{t('contracts.review')}</h2>
            {contract.approved_at ? (
              <span className="second">
                {t('contracts.approved_at', { when: formatWhen(contract.approved_at) })}
              </span>
            ) : null}
          </header>
          <Review contract={contract} />
        </section>
        <Money contract={contract} />
        <Document contract={contract} />
        {contract.delivery_id ? (
          <section className="sheet contract-part">
            <header>
              <h2>{t('contracts.delivery')}</h2>
              <Link className="act" to={`/deliveries/${contract.delivery_id}`}>
                {t('contracts.delivery_open')}
              </Link>
            </header>
            <p className="second">{t('contracts.delivery_hint')}</p>
          </section>
        ) : null}
      </div>
      {doing ? <Dialogs contract={contract} doing={doing} close={() => setDoing(null)} /> : null}
    </div>
  );
}

/** One contract: its terms, who reviews it, its money and its hand-over list. */
export function ContractPage() {
  const id = Number(useParams().id);
  const query = useContract(id);
  return (
    <>
      <TopBar title={t('contracts.contract')} />
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : query.data ? (
        <Body key={query.data.id} contract={query.data} />
      ) : (
        <SkeletonRows rows={8} height={48} />
      )}
    </>
  );
}
