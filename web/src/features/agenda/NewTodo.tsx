import { Input } from 'antd';
import { useState } from 'react';
import { api, newKey } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { closingOf, dayOf, shiftDay } from '@/lib/calendar';
import { say } from '@/lib/notify';
import { now } from '@/lib/time';
import { t } from '@/locales';

/** A to-do of one's own, without a customer; those of a customer come from logging. */
export function NewTodo({ close }: { close: () => void }) {
  const { org } = useMe();
  const [act, setAct] = useState('');
  const [day, setDay] = useState(() => shiftDay(dayOf(now()), 1));
  const [key] = useState(newKey);
  const save = async () => {
    const due_at = closingOf(day, org.closing_time);
    const body: Body<'ToDoIn'> = { act: act.trim(), due_at, precision: 'day' };
    await api.post('/agenda', body, { idempotencyKey: key });
    say(t('desk.todo_created', { act: act.trim() }));
    refreshWork();
    close();
  };
  return (
    <FormModal
      title={t('desk.new_todo')}
      ready={Boolean(act.trim() && day)}
      run={save}
      close={close}
      className="todo-form"
      width={420}
    >
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
    </FormModal>
  );
}
