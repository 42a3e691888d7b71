import { Button, Input } from 'antd';
import { useState } from 'react';
import { useDepartments, useMembers } from '@/api/queries';
import { askHelp, type KindOf, type Proposal, refreshRequests, useProposal } from '@/api/requests';
import type { Id, Pointed } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { FilesInput } from '@/components/form/FilesInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios } from '@/components/Tabs';
import { closingOf, dayOf } from '@/lib/calendar';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatDay, formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import './requests.css';

const FILES = { type: 'files', label: { zh: '附件', en: 'Files' } } as const;

/** What is known of the need, as a first text: it can be changed before it goes out. */
function known(found: Proposal): string {
  const lines = found.needs.length ? [t('requests.known_needs', { needs: found.needs.join('；') })] : [];
  const { record } = found;
  if (record?.summary) {
    const day = record.contact_at ? formatDay(record.contact_at) : '';
    lines.push(t('requests.known_record', { day, text: record.summary }));
  }
  return lines.join('\n');
}

/** A request: its kind says whom, until when, and what must travel along. */
export function AskHelp({ customerId, close }: { customerId: Id; close: () => void }) {
  const { data } = useProposal(customerId);
  if (!data) return <SkeletonRows rows={4} />;
  return <Form customerId={customerId} found={data} close={close} />;
}

function useWhom(found: Proposal) {
  const { member } = useMe();
  const members = useMembers();
  const departments = useDepartments();
  return [
    ...(departments.data?.items ?? [])
      .filter((one) => found.staffed.includes(one.id))
      .map((one) => ({ value: `d${one.id}`, label: one.name, note: '' })),
    ...(members.data?.items ?? [])
      .filter((one) => one.active && one.id !== member.id)
      .map((one) => ({ value: `m${one.id}`, label: one.name, note: one.spelling.join(' ') })),
  ];
}

function Form({ customerId, found, close }: { customerId: Id; found: Proposal; close: () => void }) {
  const { org } = useMe();
  const choices = useWhom(found);
  const [key, setKey] = useState(found.kinds[0]?.key ?? '');
  const [question, setQuestion] = useState('');
  const [background, setBackground] = useState(() => known(found));
  const [expectation, setExpectation] = useState(found.record?.feedback ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const [files, setFiles] = useState<Pointed[]>([]);
  const kind = found.kinds.find((one) => one.key === key) as KindOf;
  const travels = kind.background || kind.expectation;
  const who = chosen ?? (kind.department_id === null ? null : `d${kind.department_id}`);
  const { busy, failure, submit } = useSubmit(async () => {
    await askHelp(customerId, {
      kind: key,
      question: question.trim(),
      background: travels ? background.trim() : '',
      expectation: travels ? expectation.trim() : '',
      helper_id: who?.startsWith('m') ? Number(who.slice(1)) : null,
      department_id: who?.startsWith('d') ? Number(who.slice(1)) : null,
      due_at: day ? closingOf(day, org.closing_time) : null,
      precision: 'day',
      file_ids: files.map((file) => file.id),
    });
    say(t('requests.sent', { name: choices.find((one) => one.value === who)?.label ?? '' }));
    refreshRequests(customerId);
    close();
  });
  const lacks =
    (kind.background && !background.trim()) || (kind.expectation && !expectation.trim()) || !question.trim();
  const area = (
    name: 'question' | 'background' | 'expectation',
    value: string,
    set: (text: string) => void,
    demanded = false,
  ) => (
    <label className="req-field">
      <span className="meta">
        {t(`requests.${name}`)}
        {demanded ? <span className="verm"> *</span> : null}
      </span>
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={name === 'question' ? 300 : 5000}
        value={value}
        placeholder={t(`requests.hint_${name}`)}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Radios
        className="req-kinds"
        label={t('requests.kind')}
        value={key}
        onChange={(next) => {
          setKey(next);
          setChosen(null);
        }}
        choices={found.kinds.map((one) => ({ key: one.key, label: words(one) }))}
      />
      {area('question', question, setQuestion, true)}
      {travels ? area('background', background, setBackground, kind.background) : null}
      {travels ? area('expectation', expectation, setExpectation, kind.expectation) : null}
      <p className="meta">{t(travels ? 'requests.travels' : 'requests.lent')}</p>
      <Pick
        label={t('requests.who')}
        placeholder={t('requests.who')}
        value={who}
        choices={choices}
        onChange={setChosen}
        clear={false}
      />
      <label htmlFor="help-day" className="meta">
        {day
          ? t('requests.due_own')
          : t('requests.due_kind', { when: formatWhen(kind.due_at, kind.precision) })}
      </label>
      <DateInput
        id="help-day"
        label={t('requests.due_day')}
        value={day ?? dayOf(kind.due_at)}
        onChange={(next) => next && setDay(next)}
      />
      <FilesInput
        field={FILES}
        id="help-files"
        value={files}
        set={(next) => setFiles((next as Pointed[] | null) ?? [])}
      />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={lacks || !who}>
        {t('requests.send')}
      </Button>
    </form>
  );
}
