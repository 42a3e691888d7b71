import { Input } from 'antd';
import { useState } from 'react';
import { api, newKey } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { Body, Field } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { FoldedForm, type Values } from '@/components/RecordForm';
import { closingOf, dayOf, shiftDay } from '@/lib/calendar';
import { defaultsOf, lacking, sentOf } from '@/lib/filling';
import { say } from '@/lib/notify';
import { type Labels, useLabels } from '@/lib/options';
import { isOpen, isOwn } from '@/lib/own';
import { now } from '@/lib/time';
import { t } from '@/locales';

/** What is asked of a to-do beside what, when and who. */
export const askedOf = (labels: Labels): Field[] =>
  labels
    .fields('agenda')
    .filter((field) => isOpen(field) && (isOwn(field.slug) || (field.slug === 'goal' && field.required)));

/** A to-do of one's own, without a customer; those of a customer come from logging. */
export function NewTodo({ close }: { close: () => void }) {
  const { org } = useMe();
  const [act, setAct] = useState('');
  const [day, setDay] = useState(() => shiftDay(dayOf(now()), 1));
  const [key, setKey] = useState(newKey);
  const offered = askedOf(useLabels());
  const [values, setValues] = useState<Values>(() => defaultsOf(offered));
  const asked = useStanding('agenda')(offered, { ...values, act });
  const timing = useTiming('agenda');
  const save = async () => {
    const due_at = closingOf(day, org.closing_time);
    const body = { act: act.trim(), due_at, precision: 'day', ...sentOf(asked, values) } as Body<'ToDoIn'>;
    await api.post('/agenda', body, { idempotencyKey: key });
    say(t('desk.todo_created', { act: act.trim() }));
    timing.send();
    refreshWork();
    close();
  };
  return (
    <FormModal
      title={t('desk.new_todo')}
      ready={Boolean(act.trim() && day) && Object.keys(lacking(asked, values)).length === 0}
      run={save}
      close={close}
      className="todo-form"
      width={420}
    >
      <Timed timing={timing}>
        <label data-field="act">
          {t('desk.todo_act')}
          <Input
            autoFocus
            value={act}
            placeholder={t('desk.todo_act_hint')}
            onChange={(event) => setAct(event.target.value)}
          />
        </label>
        <div data-field="due_at">
          <label htmlFor="todo-day">{t('desk.todo_when')}</label>
          <DateInput
            id="todo-day"
            label={t('desk.todo_when')}
            value={day}
            min={dayOf(now())}
            onChange={(next) => setDay(next ?? '')}
          />
        </div>
        <FoldedForm
          record="agenda"
          fields={asked}
          atOnce={(field) => field.required}
          values={values}
          onChange={(slug, value) => {
            setValues({ ...values, [slug]: value });
            setKey(newKey());
          }}
        />
      </Timed>
    </FormModal>
  );
}
