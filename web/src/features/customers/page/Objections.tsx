import { Button, Input } from 'antd';
import { useState } from 'react';
import {
  answerObjection,
  closeObjection,
  type Objection,
  type ObjectionOption,
  type Objections as Page,
  passObjection,
  raiseObjection,
  refreshObjections,
  useObjections,
} from '@/api/objections';
import { useMembers } from '@/api/queries';
import type { Id } from '@/api/types';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { useSubmit } from '@/lib/use-submit';
import { type Key, t } from '@/locales';
import '@/components/ownership/ownership.css';
import './objections.css';

type Doing = 'answer' | 'close' | 'pass';

const choicesOf = (options: readonly ObjectionOption[], open = false) =>
  options
    .filter((one) => !one.retired && (!open || one.unanswered))
    .map((one) => ({ value: one.key, label: words(one) }));
const wordOf = (options: readonly ObjectionOption[], key: string) =>
  words(options.find((one) => one.key === key)) || key;

/** A choice and a sentence: what an answer, an outcome and a new objection are made of. */
function Telling({
  choices,
  choice,
  hint,
  act,
  chosen = '',
  demanded,
  send,
}: {
  choices: { value: string; label: string }[];
  /** What is chosen. */
  choice: string;
  hint: string;
  act: string;
  chosen?: string;
  /** Nothing goes out without a choice. */
  demanded: boolean;
  send: (key: string, text: string) => Promise<void>;
}) {
  const [key, setKey] = useState<string | null>(chosen || null);
  const [text, setText] = useState('');
  const { busy, failure, submit } = useSubmit(() => send(key ?? '', text.trim()));
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Pick label={choice} placeholder={choice} value={key} choices={choices} onChange={setKey} />
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={500}
        value={text}
        aria-label={hint}
        placeholder={hint}
        onChange={(event) => setText(event.target.value)}
      />
      <Refusal failure={failure} />
      <Button
        type="primary"
        htmlType="submit"
        loading={busy}
        disabled={!text.trim() || (demanded && key === null)}
      >
        {act}
      </Button>
    </form>
  );
}

function PassOn({ one, done }: { one: Objection; done: () => void }) {
  const members = useMembers();
  const [who, setWho] = useState<string | null>(null);
  const { busy, failure, submit } = useSubmit(async () => {
    await passObjection(one.id, Number(who));
    say(t('objections.passed'));
    done();
  });
  const choices = (members.data?.items ?? [])
    .filter((each) => each.active && each.id !== one.owner?.id)
    .map((each) => ({ value: String(each.id), label: each.name, note: each.spelling.join(' ') }));
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Pick
        label={t('objections.pass_who')}
        placeholder={t('objections.pass_who')}
        value={who}
        choices={choices}
        onChange={setWho}
      />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!who}>
        {t('objections.pass')}
      </Button>
    </form>
  );
}

/** Who has it and until when; what we said; what came of it. */
function Story({ one, page }: { one: Objection; page: Page }) {
  const { objection_adjustment, objection_outcome } = page.options;
  const adjusted = one.adjustment ? wordOf(objection_adjustment, one.adjustment) : '';
  const asked = one.department ? t('objections.asked', { name: one.department }) : '';
  return (
    <>
      {one.state === 'open' ? (
        <p className={one.late ? 'verm' : 'meta'}>
          {[
            one.owner ? t('objections.with', { name: one.owner.name }) : '',
            t(one.late ? 'objections.late' : 'objections.until', { when: formatWhen(one.due_at) }),
            asked,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      ) : null}
      {one.answer ? (
        <p className="own-answer">
          {one.answer}
          <span className="meta">{[one.answered_by, adjusted].filter(Boolean).join(' · ')}</span>
        </p>
      ) : null}
      {one.state === 'closed' ? (
        <p className="obj-end">
          <b>{wordOf(objection_outcome, one.outcome)}</b> {one.result}
          <span className="meta">
            {[one.closed_by, one.closed_at ? formatWhen(one.closed_at) : ''].filter(Boolean).join(' · ')}
          </span>
        </p>
      ) : null}
    </>
  );
}

function One({ one, page, customerId }: { one: Objection; page: Page; customerId: Id }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const done = () => {
    setDoing(null);
    refreshObjections(customerId);
  };
  const tell = (work: Promise<void>, key: Key) =>
    work.then(() => {
      say(t(key));
      done();
    });
  const acts: [Doing, boolean][] = [
    ['answer', one.can.answer],
    ['close', one.can.close],
    ['pass', one.can.pass],
  ];
  return (
    <li className="own-help" data-state={one.state}>
      <p>
        <b>{one.text}</b> <span className="meta">{wordOf(page.options.objection_kind, one.kind)}</span>
      </p>
      <Story one={one} page={page} />
      <p className="obj-acts">
        {acts.map(([act, can]) =>
          can ? (
            <button
              key={act}
              type="button"
              className="act"
              aria-expanded={doing === act}
              onClick={() => setDoing(doing === act ? null : act)}
            >
              {t(`objections.${act}`)}
            </button>
          ) : null,
        )}
      </p>
      {doing === 'answer' ? (
        <Telling
          choices={choicesOf(page.options.objection_adjustment)}
          choice={t('objections.adjustment')}
          hint={t('objections.answer_hint')}
          act={t('objections.answer')}
          demanded={false}
          send={(key, text) => tell(answerObjection(one.id, text, key), 'objections.answered')}
        />
      ) : null}
      {doing === 'close' ? (
        <Telling
          choices={choicesOf(page.options.objection_outcome, one.state === 'open')}
          choice={t('objections.outcome')}
          hint={t('objections.result_hint')}
          act={t('objections.close')}
          demanded
          send={(key, text) => tell(closeObjection(one.id, key, text), 'objections.closed')}
        />
      ) : null}
      {doing === 'pass' ? <PassOn one={one} done={done} /> : null}
    </li>
  );
}

/** 异议: what the customer holds against us, who answers it by when, and how it ended. */
export function Objections({ customerId }: { customerId: Id }) {
  const { data } = useObjections(customerId);
  const [adding, setAdding] = useState(false);
  const panel = useAimed('#objections', data !== undefined);
  if (!data || (!data.can.raise && !data.items.length)) return null;
  return (
    <section className="side-part" id="objections" ref={panel}>
      <header>
        <h2>{t('objections.title')}</h2>
        {data.can.raise ? (
          <button type="button" className="act" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t('objections.add')}
          </button>
        ) : null}
      </header>
      {adding ? (
        <Telling
          choices={choicesOf(data.options.objection_kind)}
          choice={t('objections.kind')}
          hint={t('objections.text_hint')}
          act={t('objections.save')}
          demanded
          send={(kind, text) =>
            raiseObjection(customerId, kind, text).then(() => {
              say(t('objections.raised'));
              setAdding(false);
              refreshObjections(customerId);
            })
          }
        />
      ) : null}
      {!adding && !data.items.length ? <p className="second">{t('objections.none')}</p> : null}
      <ul>
        {data.items.map((one) => (
          <One key={`${one.id}${one.state}`} one={one} page={data} customerId={customerId} />
        ))}
      </ul>
    </section>
  );
}
