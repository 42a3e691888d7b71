import { Button } from 'antd';
import { CircleCheck, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Handover, Receiver } from '@/api/handovers';
import { Avatar } from '@/components/Avatar';
import { Sure } from '@/components/Sure';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import type { HandoverActs } from './use-acts';

function Side({
  name,
  part,
  at,
  done = 'at',
  pending,
  children,
}: {
  name: string;
  part: string;
  at: string | null;
  /** What he did then: confirm or release. */
  done?: 'at' | 'released_by';
  pending: string;
  children?: ReactNode;
}) {
  return (
    <li className="handover-side">
      <Avatar name={name} size={30} />
      <div>
        <b>{name}</b>
        <span className="second">{part}</span>
        {at ? <span className="second">{t(`handovers.${done}`, { when: formatWhen(at) })}</span> : null}
        {children}
      </div>
      {at ? (
        <span className="handover-yes">
          <CircleCheck size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('handovers.agreed')}
        </span>
      ) : (
        <span className="amber">
          <Hourglass size={15} strokeWidth={1.6} aria-hidden="true" />
          {pending}
        </span>
      )}
    </li>
  );
}

function Taking({ one, handover, acts }: { one: Receiver; handover: Handover; acts: HandoverActs }) {
  const todos = handover.proof.rows.find((row) => row.slug === 'agenda')?.before ?? 0;
  const alone = handover.receivers.length === 1;
  return (
    <>
      <span className="second">{t('handovers.reads', { n: one.read, many: one.many })}</span>
      {alone && todos ? <span className="second">{t('handovers.takes', { n: todos })}</span> : null}
      {!one.active && handover.can.change ? (
        <button type="button" className="act handover-replace" onClick={() => acts.replace(one)}>
          {t('handovers.replace')}
        </button>
      ) : null}
    </>
  );
}

function Supervisor({ handover, me }: { handover: Handover; me: number | null }) {
  const who = handover.released_by ?? handover.supervisor;
  if (!who) return null;
  const you = who.id === me ? t('handovers.you') : '';
  return (
    <Side
      name={who.name}
      part={`${t('handovers.supervisor')}${you}`}
      at={handover.released_at}
      done="released_by"
      pending={t(handover.state === 'draft' ? 'handovers.not_asked' : 'handovers.waits')}
    >
      {handover.released_at ? null : <span className="second">{t('handovers.after_both')}</span>}
      {handover.receivers.map((one) =>
        one.open === undefined ? null : (
          <span key={one.id} className="second">
            {t('handovers.load', { name: one.name, from: one.open, to: one.open + one.many })}
          </span>
        ),
      )}
    </Side>
  );
}

/** Who has agreed, and the one thing that is to be done next. */
export function Consents({
  handover,
  acts,
  me,
}: {
  handover: Handover;
  acts: HandoverActs;
  me: number | null;
}) {
  const { can, giver, missing, state } = handover;
  const draft = state === 'draft';
  const you = (id: number) => (id === me ? t('handovers.you') : '');
  const waits = t(draft ? 'handovers.not_asked' : 'handovers.waits');
  const names = missing.map((one) => one.name).join(t('handovers.comma'));
  const lacksGiver = missing.some((one) => one.id === giver.id);
  const mine = handover.receivers.find((one) => one.id === me);
  const onlyGiver = lacksGiver && missing.length === 1;
  return (
    <section className="sheet handover-part" aria-label={t('handovers.consents')}>
      <h2>{t('handovers.consents')}</h2>
      <ul className="handover-sides">
        <Side
          name={giver.name}
          part={`${t('handovers.giver')}${you(giver.id)}`}
          at={handover.giver_at}
          pending={
            giver.active ? (handover.released_at ? t('handovers.skipped') : waits) : t('handovers.left')
          }
        />
        {handover.receivers.map((one) => (
          <Side
            key={one.id}
            name={one.name}
            part={`${t('handovers.receiver')}${you(one.id)}`}
            at={one.confirmed_at}
            pending={waits}
          >
            <Taking one={one} handover={handover} acts={acts} />
          </Side>
        ))}
        <Supervisor handover={handover} me={me} />
      </ul>
      {handover.sentences.map((one) => (
        <p key={one.zh} className="handover-told amber">
          {words(one)}
        </p>
      ))}
      {can.confirm && mine && mine.read < mine.many ? (
        <Button block disabled>
          {t('handovers.read_all', { n: mine.many })}
        </Button>
      ) : can.confirm ? (
        <Button type="primary" block loading={acts.busy === 'confirm'} onClick={acts.confirm}>
          {t(me === giver.id ? 'handovers.confirm' : 'handovers.confirm_take')}
        </Button>
      ) : can.send ? (
        <Button type="primary" block loading={acts.busy === 'send'} onClick={acts.send}>
          {t('handovers.send_out')}
        </Button>
      ) : can.release ? (
        <Button
          type="primary"
          block
          disabled={missing.length > 0}
          loading={acts.busy === 'release'}
          onClick={() => acts.release()}
        >
          {t('handovers.release')}
        </Button>
      ) : null}
      {state === 'waiting' ? (
        <p className="second">
          {missing.length ? t('handovers.missing', { names }) : t('handovers.ready')}
          {can.remind ? (
            <button type="button" className="act" onClick={acts.remind}>
              {t('handovers.remind')}
            </button>
          ) : null}
        </p>
      ) : null}
      {can.release && onlyGiver ? (
        <button type="button" className="act" onClick={acts.urgent}>
          {t('handovers.urgent', { name: giver.name })}
        </button>
      ) : null}
      <div className="handover-more">
        {can.change ? (
          <button type="button" className="act" onClick={acts.moveDay}>
            {t('handovers.change_day')}
          </button>
        ) : null}
        {can.withdraw ? (
          <Sure what={t('handovers.withdraw')} run={acts.withdraw} className="act verm" />
        ) : null}
        {can.undo ? <Sure what={t('handovers.undo')} run={acts.undo} className="act verm" /> : null}
      </div>
    </section>
  );
}
