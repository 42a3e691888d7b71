import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import {
  appointReceiver,
  changeDelivery,
  confirmDelivery,
  type Delivery,
  type DeliveryText,
  refreshContracts,
  type Side,
  useDelivery,
} from '@/api/contracts';
import { useMembers } from '@/api/queries';
import { TopBar } from '@/app/TopBar';
import { Labelled } from '@/components/contracts/TermsDialog';
import { ErrorState } from '@/components/ErrorState';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { SkeletonRows } from '@/components/Skeletons';
import { WhenInput } from '@/components/WhenInput';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { type Key, t } from '@/locales';
import '@/components/contracts/contracts.css';
import './contract-pages.css';

function Appoint({ delivery, close }: { delivery: Delivery; close: () => void }) {
  const members = useMembers();
  const [who, setWho] = useState(delivery.receiver.member ? String(delivery.receiver.member.id) : null);
  const [at, setAt] = useState(delivery.meeting_at ?? '');
  const choices = (members.data?.items ?? [])
    .filter((each) => each.active && each.id !== delivery.giver.member?.id)
    .map((each) => ({ value: String(each.id), label: each.name, note: each.spelling.join(' ') }));
  const run = async () => {
    await appointReceiver(delivery.id, Number(who), at || null);
    refreshContracts(delivery.customer.id);
    close();
  };
  return (
    <FormModal
      title={t('contracts.appoint')}
      ready={who !== null}
      run={run}
      close={close}
      className="terms-why"
    >
      <p className="second">{t('contracts.appoint_hint')}</p>
      <Labelled label={t('contracts.receiver')}>
        <Pick label={t('contracts.receiver')} value={who} choices={choices} onChange={setWho} />
      </Labelled>
      <Labelled label={t('contracts.meeting_at')}>
        <WhenInput label={t('contracts.meeting_at')} value={at} onChange={setAt} onClear={() => setAt('')} />
      </Labelled>
    </FormModal>
  );
}

/** Where a line of the records stands. */
function placeOf(delivery: Delivery, source: { type: string; id: number }): string {
  if (source.type === 'followup') return `/customers/${delivery.customer.id}?record=${source.id}`;
  if (source.type === 'contract') return `/contracts/${source.id}`;
  return `/customers/${delivery.customer.id}`;
}

function Text({
  one,
  delivery,
  value,
  set,
}: {
  one: DeliveryText;
  delivery: Delivery;
  /** What is being typed; nothing while it is only read. */
  value: string | null;
  set: (text: string) => void;
}) {
  const fresh = one.found.filter((line) => !one.text.includes(line.text));
  const name = t(`contracts.text_${one.slug}` as Key);
  return (
    <section className="delivery-text">
      <h2>
        {name}
        {one.required ? <span className="second"> {t('contracts.required')}</span> : null}
      </h2>
      {value === null ? (
        <p className={one.required && !one.text ? 'amber' : 'delivery-said'}>
          {one.text || t(one.required ? 'contracts.to_fill' : 'contracts.nothing')}
        </p>
      ) : (
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 12 }}
          maxLength={5000}
          value={value}
          aria-label={name}
          placeholder={one.required ? t('contracts.to_fill') : ''}
          onChange={(event) => set(event.target.value)}
        />
      )}
      {fresh.length ? (
        <ul className="delivery-found second">
          {fresh.map((line) => (
            <li key={line.text}>
              <Link to={placeOf(delivery, line.source)}>{line.text}</Link>
              {value === null ? null : (
                <button
                  type="button"
                  className="act"
                  onClick={() => set(value ? `${value}\n${line.text}` : line.text)}
                >
                  {t('contracts.take_line')}
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Stand({ delivery, side }: { delivery: Delivery; side: Side }) {
  const { member, seen, at } = delivery[side];
  const here = seen === delivery.number;
  return (
    <li className="money-row contract-step">
      <span>{[t(`contracts.side_${side}`), member?.name ?? t('contracts.nobody')].join(' · ')}</span>
      <span className={here ? 'contract-pine' : 'amber'}>
        {here && at
          ? t('contracts.confirmed_at', { n: seen ?? 1, when: formatWhen(at) })
          : t('contracts.unconfirmed')}
      </span>
    </li>
  );
}

function Sides({ delivery }: { delivery: Delivery }) {
  const [appointing, setAppointing] = useState(false);
  const { busy, failure, submit } = useSubmit(async () => {
    await confirmDelivery(delivery.id, delivery.number);
    say(t('contracts.confirmed'));
    refreshContracts(delivery.customer.id);
  });
  return (
    <aside className="sheet contract-part delivery-sides">
      <header>
        <h2>{t('contracts.both')}</h2>
        <span className="second">{t('contracts.version', { n: delivery.number })}</span>
      </header>
      {delivery.receiver_left ? (
        <p className="verm">{t('contracts.left', { name: delivery.receiver_left })}</p>
      ) : null}
      <ul>
        <Stand delivery={delivery} side="giver" />
        <Stand delivery={delivery} side="receiver" />
      </ul>
      {delivery.meeting_at ? (
        <p>{t('contracts.meeting', { when: formatWhen(delivery.meeting_at) })}</p>
      ) : (
        <p className="second">{t('contracts.no_meeting')}</p>
      )}
      <Refusal failure={failure} />
      <p className="contract-acts">
        {delivery.can.confirm ? (
          <Button type="primary" loading={busy} onClick={() => void submit()}>
            {t('contracts.confirm', { n: delivery.number })}
          </Button>
        ) : null}
        {delivery.can.appoint ? (
          <button type="button" className="act" onClick={() => setAppointing(true)}>
            {t(delivery.receiver.member ? 'contracts.reappoint' : 'contracts.appoint')}
          </button>
        ) : null}
        <a className="act" href={`/api/v1/deliveries/${delivery.id}/file`}>
          {t('contracts.print')}
        </a>
      </p>
      {appointing ? <Appoint delivery={delivery} close={() => setAppointing(false)} /> : null}
    </aside>
  );
}

function Body({ delivery }: { delivery: Delivery }) {
  const [texts, setTexts] = useState<Record<string, string> | null>(null);
  const changed = texts
    ? Object.fromEntries(
        delivery.texts.flatMap((one) =>
          texts[one.slug] === one.text ? [] : [[one.slug, texts[one.slug] ?? '']],
        ),
      )
    : {};
  const { busy, failure, submit } = useSubmit(async () => {
    if (Object.keys(changed).length) {
      const saved = await changeDelivery(delivery.id, delivery.version, changed);
      if (saved.notice) say(words(saved.notice));
      refreshContracts(delivery.customer.id);
    }
    setTexts(null);
  });
  const begin = () => setTexts(Object.fromEntries(delivery.texts.map((one) => [one.slug, one.text])));
  return (
    <div className="contract-page">
      <section className="sheet contract-part contract-main">
        <header>
          <div>
            <h1 className="song">{t('contracts.delivery_of', { name: delivery.customer.name })}</h1>
            <p className="second">
              <Link to={`/contracts/${delivery.contract.id}`}>
                {delivery.contract.title || t('contracts.contract')}
              </Link>
              {' · '}
              <Link to={`/customers/${delivery.customer.id}`}>{t('contracts.history')}</Link>
            </p>
          </div>
          {texts === null && delivery.can.update ? (
            <Button onClick={begin}>{t('contracts.edit')}</Button>
          ) : null}
        </header>
        {texts && delivery.giver.seen !== null ? <p className="amber">{t('contracts.again_hint')}</p> : null}
        {delivery.texts.map((one) => (
          <Text
            key={one.slug}
            one={one}
            delivery={delivery}
            value={texts ? (texts[one.slug] ?? '') : null}
            set={(text) => setTexts({ ...texts, [one.slug]: text })}
          />
        ))}
        {texts ? (
          <>
            <Refusal failure={failure} />
            <p className="contract-acts">
              <Button type="primary" loading={busy} onClick={() => void submit()}>
                {t('common.save')}
              </Button>
              <button type="button" className="act" onClick={() => setTexts(null)}>
                {t('common.cancel')}
              </button>
            </p>
          </>
        ) : null}
      </section>
      <div className="contract-side">
        <Sides delivery={delivery} />
      </div>
    </div>
  );
}

/** 客户交接清单: filled by sales, confirmed by both sides in the same version. */
export function DeliveryPage() {
  const id = Number(useParams().id);
  const query = useDelivery(id);
  return (
    <>
      <TopBar title={t('contracts.delivery')} />
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : query.data ? (
        <Body key={query.data.id} delivery={query.data} />
      ) : (
        <SkeletonRows rows={8} height={48} />
      )}
    </>
  );
}
