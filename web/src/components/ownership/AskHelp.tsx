import { Button, Input } from 'antd';
import { useState } from 'react';
import { askHelp, refreshOwnership } from '@/api/ownership';
import { useDepartments, useMembers } from '@/api/queries';
import type { Id } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { closingOf, dayOf, shiftDay } from '@/lib/calendar';
import { say } from '@/lib/notify';
import { now } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';

/** A question, whom, and until when. */
export function AskHelp({ customerId, close }: { customerId: Id; close: () => void }) {
  const { member, org } = useMe();
  const members = useMembers();
  const departments = useDepartments();
  const [question, setQuestion] = useState('');
  const [who, setWho] = useState<string | null>(null);
  const [day, setDay] = useState(() => shiftDay(dayOf(now()), 1));
  const choices = [
    ...(members.data?.items ?? [])
      .filter((one) => one.active && one.id !== member.id)
      .map((one) => ({ value: `m${one.id}`, label: one.name, note: one.spelling.join(' ') })),
    ...(departments.data?.items ?? []).map((one) => ({ value: `d${one.id}`, label: one.name })),
  ];
  const { busy, failure, submit } = useSubmit(async () => {
    await askHelp(customerId, {
      question: question.trim(),
      helper_id: who?.startsWith('m') ? Number(who.slice(1)) : null,
      department_id: who?.startsWith('d') ? Number(who.slice(1)) : null,
      due_at: closingOf(day, org.closing_time),
      precision: 'day',
    });
    say(t('ownership.help_sent', { name: choices.find((one) => one.value === who)?.label ?? '' }));
    refreshOwnership(customerId);
    close();
  });
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={300}
        value={question}
        aria-label={t('ownership.help_question')}
        placeholder={t('ownership.help_question_hint')}
        onChange={(event) => setQuestion(event.target.value)}
      />
      <Pick
        label={t('ownership.help_who')}
        placeholder={t('ownership.help_who')}
        value={who}
        choices={choices}
        onChange={setWho}
      />
      <label htmlFor="help-day" className="meta">
        {t('ownership.help_when')}
      </label>
      <DateInput
        id="help-day"
        label={t('ownership.help_when')}
        value={day}
        onChange={(next) => next && setDay(next)}
      />
      <p className="meta">{t('ownership.help_lent')}</p>
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!question.trim() || !who}>
        {t('ownership.help_send')}
      </Button>
    </form>
  );
}
