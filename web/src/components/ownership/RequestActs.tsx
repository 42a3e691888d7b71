import { Button, Input } from 'antd';
import { useState } from 'react';
import { useMembers } from '@/api/queries';
import { act, type Help, type RequestAct } from '@/api/requests';
import type { Id, Pointed } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { FilesInput } from '@/components/form/FilesInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { Sure } from '@/components/Sure';
import { closingOf, dayOf } from '@/lib/calendar';
import { say, sayFailure } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';

/** What is done with a sentence: the name of the text in the body, and whether files may go along. */
const TOLD = {
  answer: { field: 'answer', files: true },
  ask_back: { field: 'question', files: false },
  reply: { field: 'text', files: true },
  reopen: { field: 'why', files: false },
  decline: { field: 'why', files: false },
} as const;
type Telling = keyof typeof TOLD;
type Doing = Telling | 'give' | 'move';

const FILES = { type: 'files', label: { zh: '附件', en: 'Files' } } as const;

function Tell({ help, verb, done }: { help: Help; verb: Telling; done: () => void }) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<Pointed[]>([]);
  const { field, files: takes } = TOLD[verb];
  const { busy, failure, submit } = useSubmit(async () => {
    const sent = takes ? { file_ids: files.map((file) => file.id) } : {};
    await act(help, verb, { [field]: text.trim(), ...sent });
    say(t(`requests.done_${verb}`));
    done();
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
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        aria-label={t(`requests.hint_${verb}`)}
        placeholder={t(`requests.hint_${verb}`)}
        onChange={(event) => setText(event.target.value)}
      />
      {takes ? (
        <FilesInput
          field={FILES}
          id={`request-files-${help.id}`}
          value={files}
          set={(next) => setFiles((next as Pointed[] | null) ?? [])}
        />
      ) : null}
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!text.trim()}>
        {t(`requests.act_${verb}`)}
      </Button>
    </form>
  );
}

/** The head of the department says who does it. */
function Give({ help, done }: { help: Help; done: () => void }) {
  const members = useMembers();
  const [who, setWho] = useState<string | null>(null);
  const choices = (members.data?.items ?? [])
    .filter((one) => one.active && one.department_id === help.department?.id && one.id !== help.asked_by.id)
    .map((one) => ({ value: String(one.id), label: one.name, note: one.spelling.join(' ') }));
  const { busy, failure, submit } = useSubmit(async () => {
    await act(help, 'give', { helper_id: Number(who) as Id });
    say(t('requests.done_give'));
    done();
  });
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Pick
        label={t('requests.give_who')}
        placeholder={t('requests.give_who')}
        value={who}
        choices={choices}
        onChange={setWho}
      />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!who}>
        {t('requests.act_give')}
      </Button>
    </form>
  );
}

function Due({ help, done }: { help: Help; done: () => void }) {
  const { org } = useMe();
  const [day, setDay] = useState(dayOf(help.due_at));
  const { busy, failure, submit } = useSubmit(async () => {
    await act(help, 'move', { due_at: closingOf(day, org.closing_time), precision: 'day' });
    say(t('requests.done_move'));
    done();
  });
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <DateInput label={t('requests.due_day')} value={day} onChange={(next) => next && setDay(next)} />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('requests.act_move')}
      </Button>
    </form>
  );
}

const FORMS: readonly Doing[] = ['answer', 'reply', 'ask_back', 'reopen', 'give', 'decline', 'move'];
const isTelling = (doing: Doing): doing is Telling => doing in TOLD;

/** What one may do with a request now: the one thing that takes it further is filled. */
export function RequestActs({ help }: { help: Help }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (verb: RequestAct & ('take' | 'confirm' | 'withdraw')) => {
    setBusy(true);
    void act(help, verb)
      .then(() => say(t(`requests.done_${verb}`)), sayFailure)
      .finally(() => setBusy(false));
  };
  const done = () => setDoing(null);
  const main = (['take', 'confirm'] as const).find((verb) => help.can[verb]);
  const open = FORMS.filter((verb) => help.can[verb]);
  if (!main && !open.length && !help.can.withdraw) return null;
  return (
    <div className="req-acts">
      <p>
        {main ? (
          <Button type="primary" size="small" loading={busy} onClick={() => run(main)}>
            {t(`requests.act_${main}`)}
          </Button>
        ) : null}
        {open.map((verb) => (
          <button
            key={verb}
            type="button"
            className="act"
            aria-expanded={doing === verb}
            onClick={() => setDoing(doing === verb ? null : verb)}
          >
            {t(`requests.act_${verb}`)}
          </button>
        ))}
        {help.can.withdraw ? <Sure what={t('requests.act_withdraw')} run={() => run('withdraw')} /> : null}
      </p>
      {doing && isTelling(doing) ? <Tell key={doing} help={help} verb={doing} done={done} /> : null}
      {doing === 'give' ? <Give help={help} done={done} /> : null}
      {doing === 'move' ? <Due help={help} done={done} /> : null}
    </div>
  );
}
