import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import {
  type Asked,
  askApproval,
  type Purpose,
  refreshRequests,
  type Sample,
  sampleApproval,
  useRequestsOf,
} from '@/api/approval-requests';
import type { Id } from '@/api/types';
import { AskedFigures } from '@/components/approvals/AskedFigures';
import { ChainView, figuresOf } from '@/components/approvals/ChainView';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import '@/components/ownership/ownership.css';

/** So long after the last stroke it is asked who would decide. */
const PAUSE = 400;
const SHOWN = 5;

function useSample(customerId: Id, purpose: string | null, asked: Asked): Sample | null {
  const [found, setFound] = useState<Sample | null>(null);
  const { amount, percent, days } = asked;
  useEffect(() => {
    if (!purpose) return;
    let late = false;
    const wait = setTimeout(() => {
      const body = { subject_id: customerId, purpose, amount, percent, days };
      sampleApproval(body).then(
        (one) => late || setFound(one),
        () => late || setFound(null),
      );
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(wait);
    };
  }, [customerId, purpose, amount, percent, days]);
  return purpose ? found : null;
}

function Ask({ customerId, purposes, done }: { customerId: Id; purposes: Purpose[]; done: () => void }) {
  const [purpose, setPurpose] = useState<string | null>(
    purposes.length === 1 ? (purposes[0]?.key ?? null) : null,
  );
  const [asked, setAsked] = useState<Asked>({});
  const [text, setText] = useState('');
  const sample = useSample(customerId, purpose, asked);
  const fields = purposes.find((one) => one.key === purpose)?.fields ?? [];
  const { busy, failure, submit } = useSubmit(async () => {
    const { state } = await askApproval({
      subject_type: 'customer',
      subject_id: customerId,
      purpose: purpose ?? '',
      ...asked,
      text,
    });
    say(t(state === 'passed' ? 'approvals.no_need' : 'approvals.sent'));
    refreshRequests();
    done();
  });
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Pick
        label={t('approvals.purpose')}
        placeholder={t('approvals.purpose')}
        value={purpose}
        choices={purposes.map((one) => ({ value: one.key, label: words(one) }))}
        onChange={setPurpose}
      />
      <AskedFigures fields={fields} value={asked} set={setAsked} />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={1000}
        value={text}
        aria-label={t('approvals.text')}
        placeholder={t('approvals.text')}
        onChange={(event) => setText(event.target.value)}
      />
      {sample?.applies && sample.steps.length ? (
        <div>
          <p className="meta">{t('approvals.will_ask', { name: sample.flow })}</p>
          <ChainView steps={sample.steps} />
        </div>
      ) : null}
      {sample && !sample.applies ? <p className="meta">{t('approvals.none_needed')}</p> : null}
      <Refusal failure={failure} />
      <Button
        type="primary"
        htmlType="submit"
        loading={busy}
        disabled={!purpose || !text.trim() || fields.some((name) => asked[name] === undefined)}
      >
        {t('approvals.ask')}
      </Button>
    </form>
  );
}

/** 审批: what was asked about this customer and how it stands; ask for a price, terms, a contract. */
export function Approvals({ customerId }: { customerId: Id }) {
  const { data } = useRequestsOf('customer', customerId);
  const [asking, setAsking] = useState(false);
  const panel = useAimed('#approvals', data !== undefined);
  if (!data || (!data.purposes.length && !data.items.length)) return null;
  return (
    <section className="side-part" id="approvals" ref={panel}>
      <header>
        <h2>{t('approvals.title')}</h2>
        {data.purposes.length ? (
          <button type="button" className="act" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('approvals.ask')}
          </button>
        ) : null}
      </header>
      {asking ? <Ask customerId={customerId} purposes={data.purposes} done={() => setAsking(false)} /> : null}
      {!asking && !data.items.length ? <p className="second">{t('approvals.never')}</p> : null}
      <ul>
        {data.items.slice(0, SHOWN).map((one) => {
          const waits = one.steps
            .filter((step) => step.state === 'open')
            .flatMap((step) => step.member ?? []);
          return (
            <li key={one.id} className="own-help">
              <Link to={`/reviews?which=requests&id=${one.id}`}>
                {[one.title, ...figuresOf(one.request).map(([, figure]) => figure)].join(' · ')}
              </Link>
              <p className={one.state === 'refused' || one.state === 'lapsed' ? 'verm' : 'meta'}>
                {waits.length
                  ? t('approvals.waits_for', { names: waits.map((each) => each.name).join('、') })
                  : t(`approvals.state_${one.state}`)}
                {' · '}
                {formatWhen(one.decided_at ?? one.asked_at)}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
