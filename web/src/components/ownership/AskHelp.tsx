import { Button, Input } from 'antd';
import { useState } from 'react';
import { sentenceOf } from '@/api/client';
import { askHelp, refreshOwnership } from '@/api/ownership';
import { useDepartments, useMembers } from '@/api/queries';
import type { Id } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { say } from '@/lib/notify';
import { dayFromNow, instantOf, wallOf } from '@/lib/time';
import { t } from '@/locales';

const dayOf = (at: string) => {
  const { year, month, day } = wallOf(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

/** A question, whom, and until when. */
export function AskHelp({ customerId, close }: { customerId: Id; close: () => void }) {
  const { member, org } = useMe();
  const members = useMembers();
  const departments = useDepartments();
  const [question, setQuestion] = useState('');
  const [who, setWho] = useState<string | null>(null);
  const [day, setDay] = useState(dayOf(dayFromNow(1, org.closing_time)));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const choices = [
    ...(members.data?.items ?? [])
      .filter((one) => one.active && one.id !== member.id)
      .map((one) => ({ value: `m${one.id}`, label: one.name, note: one.spelling.join(' ') })),
    ...(departments.data?.items ?? []).map((one) => ({ value: `d${one.id}`, label: one.name })),
  ];
  const send = async () => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    setBusy(true);
    setFailure(null);
    try {
      await askHelp(customerId, {
        question: question.trim(),
        helper_id: who?.startsWith('m') ? Number(who.slice(1)) : null,
        department_id: who?.startsWith('d') ? Number(who.slice(1)) : null,
        due_at: instantOf({ year, month, day: date, hour: 18, minute: 0 }),
        precision: 'day',
      });
      say(t('ownership.help_sent', { name: choices.find((one) => one.value === who)?.label ?? '' }));
      refreshOwnership(customerId);
      close();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
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
      {failure ? (
        <p className="verm" role="alert">
          {sentenceOf(failure)}
        </p>
      ) : null}
      <Button type="primary" htmlType="submit" loading={busy} disabled={!question.trim() || !who}>
        {t('ownership.help_send')}
      </Button>
    </form>
  );
}
