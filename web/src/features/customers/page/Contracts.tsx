import { Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import {
  agreeToBuy,
  type CustomerContracts,
  draftContract,
  refreshContracts,
  type Terms,
  takeAgreementBack,
  useContractsOf,
} from '@/api/contracts';
import type { Id } from '@/api/types';
import { BLANK, TermsDialog } from '@/components/contracts/TermsDialog';
import { WhyDialog } from '@/components/contracts/WhyDialog';
import { dayOf, moneyOf, stateOf, toneOf } from '@/components/contracts/words';
import { FormModal } from '@/components/FormModal';
import { say } from '@/lib/notify';
import { formatWhen, isOverdue } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { t } from '@/locales';
import '@/components/ownership/ownership.css';

type Doing = 'agree' | 'disagree' | 'draft';

function Agree({ customerId, close }: { customerId: Id; close: () => void }) {
  const [said, setSaid] = useState('');
  const run = async () => {
    await agreeToBuy(customerId, said.trim());
    say(t('contracts.agreed'));
    refreshContracts(customerId);
    close();
  };
  return (
    <FormModal
      title={t('contracts.agree')}
      save={t('contracts.agree')}
      ready
      run={run}
      close={close}
      className="terms-why"
    >
      <p className="second">{t('contracts.agree_hint')}</p>
      <Input
        autoFocus
        maxLength={120}
        value={said}
        aria-label={t('contracts.agree_words')}
        placeholder={t('contracts.agree_words')}
        onChange={(event) => setSaid(event.target.value)}
      />
    </FormModal>
  );
}

/** A draft begins with what the record that says won tells. */
function beginning(data: CustomerContracts): Terms {
  const { told } = data;
  if (!told || data.items.length) return BLANK;
  return {
    ...BLANK,
    number: told.contract_number ?? '',
    amount: told.amount ?? null,
    currency: told.currency ?? 'CNY',
    delivery_period: told.delivery_period ?? '',
    payment_terms: told.payment_terms ?? '',
  };
}

/** 合同: what was agreed in writing, how far it is, and what came in of it. */
export function Contracts({ customerId }: { customerId: Id }) {
  const { data } = useContractsOf(customerId);
  const [doing, setDoing] = useState<Doing | null>(null);
  const navigate = useNavigate();
  const panel = useAimed('#contracts', data !== undefined);
  if (!data || (!data.can.draft && !data.items.length)) return null;
  const close = () => setDoing(null);
  const acts: [Doing, boolean][] = [
    ['agree', data.can.agree && !data.agreement],
    ['draft', data.can.draft],
  ];
  return (
    <section className="side-part" id="contracts" ref={panel}>
      <header>
        <h2>{t('contracts.contracts')}</h2>
        <span>
          {acts.map(([act, can]) =>
            can ? (
              <button key={act} type="button" className="act" onClick={() => setDoing(act)}>
                {t(`contracts.${act}`)}
              </button>
            ) : null,
          )}
        </span>
      </header>
      {data.agreement ? (
        <p className={isOverdue(data.agreement.due_at) ? 'verm' : 'amber'}>
          {[
            t('contracts.draft_due', {
              who: data.agreement.owner ?? '',
              when: formatWhen(data.agreement.due_at),
            }),
            data.agreement.words,
          ]
            .filter(Boolean)
            .join(' · ')}
          {data.can.disagree ? (
            <button type="button" className="act" onClick={() => setDoing('disagree')}>
              {t('contracts.disagree')}
            </button>
          ) : null}
        </p>
      ) : null}
      {data.items.length ? (
        <ul>
          {data.items.map((row) => (
            <li key={row.id} className="own-help">
              <Link to={`/contracts/${row.id}`}>{row.title || t('contracts.contract')}</Link>
              <p className="meta">
                <span className={toneOf(row.state)}>{stateOf(row.state)}</span>
                {[
                  '',
                  moneyOf(row),
                  row.service_to ? t('contracts.until', { day: dayOf(row.service_to) }) : '',
                ]
                  .filter((each, at) => at === 0 || each)
                  .join(' · ')}
              </p>
              {row.overdue ? (
                <p className="verm">{t('contracts.some_overdue')}</p>
              ) : row.state === 'draft' && row.note ? (
                <p className="amber">{row.note}</p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : data.agreement ? null : (
        <p className="second">{t('contracts.none_here')}</p>
      )}
      {doing === 'agree' ? <Agree customerId={customerId} close={close} /> : null}
      {doing === 'disagree' ? (
        <WhyDialog
          title={t('contracts.disagree')}
          save={t('contracts.disagree')}
          hint={t('contracts.disagree_why')}
          close={close}
          run={async (why) => {
            await takeAgreementBack(customerId, why);
            refreshContracts(customerId);
            close();
          }}
        />
      ) : null}
      {doing === 'draft' ? (
        <TermsDialog
          heading={t('contracts.draft')}
          begins={beginning(data)}
          methods={data.payment_methods}
          close={close}
          run={async (terms) => {
            const made = await draftContract(customerId, terms);
            refreshContracts(customerId);
            navigate(`/contracts/${made.id}`);
          }}
        />
      ) : null}
    </section>
  );
}
