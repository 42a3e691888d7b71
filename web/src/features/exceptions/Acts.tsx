import { Input } from 'antd';
import { useState } from 'react';
import { type Board, giveTo, nudge, postpone, type StuckRow } from '@/api/exceptions';
import { useMembers } from '@/api/queries';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { say, sayFailure } from '@/lib/notify';
import { dayFromNow, formatClock, wallOf } from '@/lib/time';
import { fromWallText } from '@/lib/wall';
import { t } from '@/locales';

export interface Act {
  verb: 'postpone' | 'assign';
  rows: StuckRow[];
}

async function urge(rows: StuckRow[]): Promise<void> {
  const ids = [...new Set(rows.map((row) => row.nudge?.id ?? row.id))];
  try {
    await nudge(ids);
    say(t('exceptions.nudged', { n: ids.length }));
  } catch (failure) {
    sayFailure(failure);
  }
}

/** What can be done about these rows; of many the server names those that refuse. */
export function Acts({
  rows,
  can,
  start,
}: {
  rows: StuckRow[];
  can: Board['can'];
  start: (act: Act) => void;
}) {
  const [one] = rows;
  const alone = rows.length === 1;
  if (!one) return null;
  const urged = alone ? one.nudge?.at : null;
  return (
    <>
      {can.nudge && (!alone || one.nudge) ? (
        <button
          type="button"
          className="act"
          disabled={Boolean(urged)}
          title={urged ? t('exceptions.nudged_note', { at: formatClock(urged) }) : undefined}
          onClick={() => void urge(rows)}
        >
          {urged
            ? t('exceptions.nudged_today')
            : alone && one.nudge?.name && one.nudge.id !== one.id
              ? t('exceptions.nudge_who', { who: one.nudge.name })
              : t('exceptions.nudge')}
        </button>
      ) : null}
      {can.assign && (!alone || one.can.assign) ? (
        <button type="button" className="act" onClick={() => start({ verb: 'assign', rows })}>
          {t('exceptions.assign')}
        </button>
      ) : null}
      {can.postpone && (!alone || one.can.postpone) ? (
        <button type="button" className="act" onClick={() => start({ verb: 'postpone', rows })}>
          {t('exceptions.postpone')}
        </button>
      ) : null}
    </>
  );
}

function Assign({ rows, close }: { rows: StuckRow[]; close: (done: boolean) => void }) {
  const people = useMembers(true);
  const [to, setTo] = useState<string | null>(null);
  const run = async () => {
    await giveTo(rows, Number(to));
    say(t('exceptions.assigned', { n: rows.length }));
    close(true);
  };
  return (
    <FormModal
      title={t('exceptions.assign_title', { n: rows.length })}
      save={t('exceptions.assign')}
      ready={to !== null}
      run={run}
      close={() => close(false)}
      className="exc-form"
    >
      <span className="second">{t('exceptions.assign_to')}</span>
      <Pick
        value={to}
        choices={(people.data?.items ?? [])
          .filter((each) => each.active)
          .map((each) => ({ value: String(each.id), label: each.name, note: each.spelling.join(' ') }))}
        onChange={setTo}
        label={t('exceptions.assign_to')}
      />
      <p className="meta">{t('exceptions.assign_note')}</p>
    </FormModal>
  );
}

const dayOf = (iso: string) => {
  const { year, month, day } = wallOf(iso);
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
};

function Postpone({ rows, close }: { rows: StuckRow[]; close: (done: boolean) => void }) {
  const [day, setDay] = useState(() => dayOf(dayFromNow(2)));
  const [why, setWhy] = useState('');
  const run = async () => {
    await postpone(rows, fromWallText(`${day} 18:00`) ?? '', why.trim());
    say(t('exceptions.postponed', { n: rows.length }));
    close(true);
  };
  return (
    <FormModal
      title={t('exceptions.postpone_title', { n: rows.length })}
      save={t('exceptions.postpone')}
      ready={Boolean(day && why.trim())}
      run={run}
      close={() => close(false)}
      className="exc-form"
    >
      <span className="second">{t('exceptions.postpone_to')}</span>
      <DateInput
        value={day}
        onChange={(next) => setDay(next ?? '')}
        label={t('exceptions.postpone_to')}
        min={dayOf(dayFromNow(0))}
      />
      <label>
        <span className="second">{t('exceptions.postpone_why')}</span>
        <Input.TextArea
          value={why}
          maxLength={300}
          autoSize={{ minRows: 2 }}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <p className="meta">{t('exceptions.postpone_note')}</p>
    </FormModal>
  );
}

/** The small form that an act asks for. */
export function Dialog({ act, close }: { act: Act; close: (done: boolean) => void }) {
  return act.verb === 'assign' ? (
    <Assign rows={act.rows} close={close} />
  ) : (
    <Postpone rows={act.rows} close={close} />
  );
}
