import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  changeHandover,
  acts as deeds,
  type Handover,
  type Receiver,
  refreshMoved,
  useChoices,
  useHanded,
} from '@/api/handovers';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';

export interface HandoverActs {
  busy: string | null;
  confirm: () => void;
  send: () => void;
  release: () => void;
  urgent: () => void;
  remind: () => void;
  withdraw: () => void;
  undo: () => void;
  moveDay: () => void;
  replace: (one: Receiver) => void;
  read: (ids: number[]) => Promise<void>;
}

function Urgent({
  handover,
  close,
  run,
}: {
  handover: Handover;
  close: () => void;
  run: (why: string) => Promise<void>;
}) {
  const [why, setWhy] = useState('');
  return (
    <FormModal
      title={t('handovers.urgent_title', { name: handover.giver.name })}
      save={t('handovers.release')}
      ready={why.trim() !== ''}
      run={() => run(why.trim())}
      close={close}
      className="handover-form"
    >
      <label>
        <span className="second">{t('handovers.urgent_why')}</span>
        <Input
          autoFocus
          value={why}
          maxLength={300}
          placeholder={t('handovers.urgent_hint')}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <p className="meta">{t('handovers.urgent_note')}</p>
    </FormModal>
  );
}

function Day({
  handover,
  close,
  run,
}: {
  handover: Handover;
  close: () => void;
  run: (day: string) => Promise<void>;
}) {
  const [day, setDay] = useState<string | null>(handover.effective_on);
  return (
    <FormModal
      title={t('handovers.change_day')}
      ready={day !== null}
      run={() => run(day ?? '')}
      close={close}
      className="handover-form"
    >
      <DateInput value={day ?? ''} onChange={setDay} label={t('handovers.day_label')} />
    </FormModal>
  );
}

function Replace({ handover, one, close }: { handover: Handover; one: Receiver; close: () => void }) {
  const [to, setTo] = useState<string | null>(null);
  const rows = useHanded(handover.id).data?.pages.flatMap((page) => page.items) ?? [];
  const people = useChoices().data?.receivers ?? [];
  const taken = [handover.giver.id, one.id];
  const run = async () => {
    const theirs = rows.filter((row) => row.to.id === one.id);
    await changeHandover(handover.id, {
      version: handover.version,
      to: theirs.map((row) => ({ customer_id: row.id, member_id: Number(to) })),
    });
    say(t('handovers.replaced'));
    refreshMoved();
    close();
  };
  return (
    <FormModal
      title={t('handovers.replace_title', { name: one.name, n: one.many })}
      ready={to !== null}
      run={run}
      close={close}
      className="handover-form"
    >
      <Pick
        label={t('handovers.to_label')}
        value={to}
        choices={people
          .filter((each) => !taken.includes(each.id))
          .map((each) => ({ value: String(each.id), label: each.name }))}
        onChange={setTo}
      />
    </FormModal>
  );
}

/** What the sides do, one at a time; whatever moves customers is read anew everywhere. */
export function useActs(handover: Handover): [HandoverActs, ReactNode] {
  const [busy, setBusy] = useState<string | null>(null);
  const [dialog, setDialog] = useState<ReactNode>(null);
  const close = () => setDialog(null);
  const run = async (what: keyof typeof deeds, said: string, go: () => Promise<unknown>) => {
    setBusy(what);
    try {
      await go();
      if (said) say(said);
    } finally {
      setBusy(null);
      refreshMoved();
    }
  };
  const go = (what: Exclude<keyof typeof deeds, 'read'>, said: string) =>
    void run(what, said, () => deeds[what](handover.id)).catch(sayFailure);
  const released = t('handovers.released', { n: handover.many });
  const acts: HandoverActs = {
    busy,
    confirm: () => go('confirm', t('handovers.confirmed')),
    send: () => go('send', t('handovers.sent')),
    release: () => go('release', released),
    urgent: () =>
      setDialog(
        <Urgent
          handover={handover}
          close={close}
          run={async (why) => {
            await run('release', released, () => deeds.release(handover.id, { urgent: true, why }));
            close();
          }}
        />,
      ),
    remind: () => go('remind', t('handovers.reminded')),
    withdraw: () => go('withdraw', t('handovers.withdrawn')),
    undo: () => go('undo', t('handovers.undone', { name: handover.giver.name })),
    moveDay: () =>
      setDialog(
        <Day
          handover={handover}
          close={close}
          run={async (day) => {
            await changeHandover(handover.id, { version: handover.version, effective_on: day });
            say(t('handovers.changed'));
            refreshMoved();
            close();
          }}
        />,
      ),
    replace: (one) => setDialog(<Replace handover={handover} one={one} close={close} />),
    read: (ids) => run('read', '', () => deeds.read(handover.id, ids)),
  };
  return [acts, dialog];
}
