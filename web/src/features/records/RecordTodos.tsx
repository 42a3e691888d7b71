import { Button, Input } from 'antd';
import { useState } from 'react';
import { refreshWork } from '@/api/queries';
import { type OwnRecord, planRecord, refreshRecords } from '@/api/records';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { closingOf, dayOf, shiftDay } from '@/lib/calendar';
import { sayFailure } from '@/lib/notify';
import { formatDue, formatWhen, now } from '@/lib/time';
import { t } from '@/locales';

/** What is still to do about the row, and one more. */
export function RecordTodos({ record }: { record: OwnRecord }) {
  const { org } = useMe();
  const [act, setAct] = useState('');
  const [day, setDay] = useState(() => shiftDay(dayOf(now()), 1));
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    try {
      const due_at = closingOf(day, org.closing_time);
      await planRecord(record.type, record.id, { act: act.trim(), due_at, precision: 'day' });
      setAct('');
      refreshWork(record.customer?.id ?? undefined);
      await refreshRecords();
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
  };
  return (
    <aside className="own-todos">
      <h2>{t('own.todos')}</h2>
      {record.todos.length ? null : <p className="second">{t('own.todos_none')}</p>}
      <ul>
        {record.todos.map((todo) => (
          <li key={todo.id} data-done={todo.done_at ? true : undefined}>
            <span>{todo.act}</span>
            <span className={todo.overdue ? 'meta verm' : 'meta'}>
              {todo.done_at
                ? t('own.todo_done', { when: formatWhen(todo.done_at) })
                : formatDue(todo.due_at, todo.precision, todo.overdue)}
              {todo.owner ? ` · ${todo.owner.name}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {record.can.plan ? (
        <form
          className="own-plan"
          onSubmit={(event) => {
            event.preventDefault();
            if (act.trim() && day) void add();
          }}
        >
          <Input
            value={act}
            maxLength={300}
            aria-label={t('own.todo_act')}
            placeholder={t('own.todo_act')}
            onChange={(event) => setAct(event.target.value)}
          />
          <DateInput
            id="own-todo-day"
            label={t('own.todo_when')}
            value={day}
            min={dayOf(now())}
            onChange={(next) => setDay(next ?? '')}
          />
          <Button htmlType="submit" loading={busy} disabled={!act.trim() || !day}>
            {t('own.todo_add')}
          </Button>
        </form>
      ) : null}
    </aside>
  );
}
