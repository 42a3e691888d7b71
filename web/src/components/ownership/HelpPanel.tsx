import { Button, Input } from 'antd';
import { useState } from 'react';
import {
  answerHelp,
  type Help,
  refreshOwnership,
  takeHelp,
  useOwnership,
  withdrawHelp,
} from '@/api/ownership';
import type { Id } from '@/api/types';
import { Sure } from '@/components/Sure';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { type Key, t } from '@/locales';
import { AskHelp } from './AskHelp';
import './ownership.css';

function One({ help, customerId }: { help: Help; customerId: Id }) {
  const [open, setOpen] = useState(help.can.answer);
  const [answer, setAnswer] = useState('');
  const [busy, setBusy] = useState(false);
  const run = (work: Promise<unknown>, done: Key) => {
    setBusy(true);
    void work
      .then(() => {
        say(t(done));
        refreshOwnership(customerId);
      }, sayFailure)
      .finally(() => setBusy(false));
  };
  const name = (help.helper ?? help.department)?.name ?? '';
  return (
    <li className="own-help">
      <p className="meta">
        {t('ownership.help_to', { by: help.asked_by.name, name })}
        {help.state === 'open' && help.due_at
          ? ` · ${t('ownership.help_by', { when: formatWhen(help.due_at, help.precision) })}`
          : ''}
      </p>
      <p>{help.question}</p>
      {help.answer ? <p className="own-answer">{help.answer}</p> : null}
      {help.can.answer && open ? (
        <form
          className="own-form"
          onSubmit={(event) => {
            event.preventDefault();
            run(answerHelp(help.id, answer.trim()), 'ownership.help_answered');
          }}
        >
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={answer}
            aria-label={t('ownership.help_answer')}
            placeholder={t('ownership.help_answer_hint')}
            onChange={(event) => setAnswer(event.target.value)}
          />
          <Button type="primary" htmlType="submit" loading={busy} disabled={!answer.trim()}>
            {t('ownership.help_answer')}
          </Button>
        </form>
      ) : null}
      {help.can.take ? (
        <button
          type="button"
          className="act"
          disabled={busy}
          onClick={() => {
            setOpen(true);
            run(takeHelp(help.id), 'ownership.help_took');
          }}
        >
          {t('ownership.help_take')}
        </button>
      ) : null}
      {help.can.withdraw ? (
        <Sure
          what={t('ownership.help_withdraw')}
          run={() => run(withdrawHelp(help.id), 'ownership.help_withdrawn')}
        />
      ) : null}
    </li>
  );
}

/** 求助: questions about this customer to a colleague or a department, and their answers. */
export function HelpPanel({ customerId }: { customerId: Id }) {
  const { data } = useOwnership(customerId);
  const [asking, setAsking] = useState(false);
  const panel = useAimed('#help', data !== undefined);
  if (!data || (!data.can.ask && !data.help.length)) return null;
  return (
    <section className="side-part" id="help" ref={panel}>
      <header>
        <h2>{t('ownership.help')}</h2>
        {data.can.ask ? (
          <button type="button" className="act" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('ownership.help_ask')}
          </button>
        ) : null}
      </header>
      {asking ? <AskHelp customerId={customerId} close={() => setAsking(false)} /> : null}
      {!asking && !data.help.length ? <p className="second">{t('ownership.help_none')}</p> : null}
      <ul>
        {data.help.map((one) => (
          <One key={`${one.id}${one.can.answer}`} help={one} customerId={customerId} />
        ))}
      </ul>
    </section>
  );
}
