import { Input, Modal } from 'antd';
import { useState } from 'react';
import { api, newKey, sentenceOf } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { dayOf, shiftDay } from '@/lib/calendar';
import { say } from '@/lib/notify';
import { instantOf, now } from '@/lib/time';
import { t } from '@/locales';

/** A to-do of one's own, without a customer; those of a customer come from logging. */
export function NewTodo({ close }: { close: () => void }) {
  const { org } = useMe();
  const [act, setAct] = useState('');
  const [day, setDay] = useState(() => shiftDay(dayOf(now()), 1));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newKey);
  const save = async () => {
    setBusy(true);
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const [hour = 18, minute = 0] = org.closing_time.split(':').map(Number);
    const due_at = instantOf({ year, month, day: date, hour, minute });
    try {
      const body: Body<'ToDoIn'> = { act: act.trim(), due_at, precision: 'day' };
      await api.post('/agenda', body, { idempotencyKey: key });
      say(t('desk.todo_created', { act: act.trim() }));
      refreshWork();
      close();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      width={420}
      title={t('desk.new_todo')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !act.trim() || !day, loading: busy }}
      onOk={() => void save()}
      onCancel={close}
    >
      <div className="todo-form">
        <label>
          {t('desk.todo_act')}
          <Input
            autoFocus
            value={act}
            placeholder={t('desk.todo_act_hint')}
            onChange={(event) => setAct(event.target.value)}
          />
        </label>
        <div>
          <label htmlFor="todo-day">{t('desk.todo_when')}</label>
          <DateInput
            id="todo-day"
            label={t('desk.todo_when')}
            value={day}
            min={dayOf(now())}
            onChange={(next) => setDay(next ?? '')}
          />
        </div>
        {failure ? <p className="verm">{sentenceOf(failure)}</p> : null}
      </div>
    </Modal>
  );
}
