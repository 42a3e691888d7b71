import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  acceptCare,
  type Care,
  type CareOptions,
  dismissCare,
  doCare,
  moveCare,
  passCare,
  refreshCare,
  skipCare,
} from '@/api/care';
import { useMembers } from '@/api/queries';
import type { Option } from '@/api/types';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { iconOf } from './kinds';
import './care-row.css';

type Doing = 'do' | 'skip' | 'move' | 'pass';

export const careChoices = (options: readonly Option[]) =>
  options.filter((one) => !one.retired).map((one) => ({ value: one.key, label: words(one) }));
const wordOf = (options: readonly Option[], key: string) =>
  words(options.find((one) => one.key === key)) || key;

function Form({
  ready,
  act,
  run,
  children,
}: {
  ready: boolean;
  act: string;
  run: () => Promise<void>;
  children: React.ReactNode;
}) {
  const { busy, failure, submit } = useSubmit(run);
  return (
    <form
      className="care-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void submit();
      }}
    >
      {children}
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
        {act}
      </Button>
    </form>
  );
}

/** What was done, how the customer took it, what he needs now; a review asks for the next order. */
function DoForm({ one, options, done }: { one: Care; options: CareOptions; done: () => void }) {
  const [did, setDid] = useState('');
  const [response, setResponse] = useState<string | null>(null);
  const [heard, setHeard] = useState('');
  const [repurchase, setRepurchase] = useState<string | null>(null);
  const [plan, setPlan] = useState('');
  const run = async () => {
    const needs = heard.split('\n').filter((line) => line.trim());
    await doCare(one.id, {
      did: did.trim(),
      response: response ?? '',
      heard: needs,
      repurchase: repurchase ?? '',
      second_plan: plan.trim(),
    });
    say(t(needs.length ? 'care.done_needs' : 'care.done_said', { n: needs.length }));
    done();
  };
  const area = (label: string, value: string, set: (text: string) => void, focus = false) => (
    <Input.TextArea
      autoFocus={focus}
      autoSize={{ minRows: 1, maxRows: 6 }}
      maxLength={2000}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => set(event.target.value)}
    />
  );
  return (
    <Form ready={Boolean(did.trim()) && (!one.review || Boolean(repurchase))} act={t('care.save')} run={run}>
      {area(t('care.did'), did, setDid, true)}
      <Pick
        label={t('care.response')}
        placeholder={t('care.response')}
        value={response}
        choices={careChoices(options.care_response)}
        onChange={setResponse}
      />
      {one.review ? (
        <>
          <Pick
            label={t('care.repurchase')}
            placeholder={t('care.repurchase')}
            value={repurchase}
            choices={careChoices(options.care_repurchase)}
            onChange={setRepurchase}
          />
          {area(t('care.second_plan'), plan, setPlan)}
        </>
      ) : null}
      {area(t('care.heard'), heard, setHeard)}
    </Form>
  );
}

function SkipForm({ one, done }: { one: Care; done: () => void }) {
  const [why, setWhy] = useState('');
  const run = async () => {
    await skipCare(one.id, why.trim());
    done();
  };
  return (
    <Form ready={Boolean(why.trim())} act={t('care.skip')} run={run}>
      <Input
        autoFocus
        maxLength={300}
        aria-label={t('care.why')}
        placeholder={t('care.why')}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Form>
  );
}

function MoveForm({ one, done }: { one: Care; done: () => void }) {
  const [on, setOn] = useState(one.due_on);
  const run = async () => {
    const { warning } = await moveCare(one.id, on);
    say(warning ? words(warning) : t('care.moved', { day: formatDay(on) }));
    done();
  };
  return (
    <Form ready={on !== one.due_on} act={t('care.move')} run={run}>
      <DateInput label={t('care.day')} value={on} onChange={(day) => setOn(day ?? one.due_on)} />
    </Form>
  );
}

function PassForm({ one, done }: { one: Care; done: () => void }) {
  const members = useMembers();
  const [who, setWho] = useState<string | null>(null);
  const run = async () => {
    await passCare(one.id, Number(who));
    done();
  };
  const choices = (members.data?.items ?? [])
    .filter((each) => each.active && each.id !== one.owner?.id)
    .map((each) => ({ value: String(each.id), label: each.name, note: each.spelling.join(' ') }));
  return (
    <Form ready={Boolean(who)} act={t('care.pass')} run={run}>
      <Pick
        label={t('care.pass_who')}
        placeholder={t('care.pass_who')}
        value={who}
        choices={choices}
        onChange={setWho}
      />
    </Form>
  );
}

/** An idea from a talk: one tap takes it up. */
function Idea({ one, done }: { one: Care; done: () => void }) {
  const { busy, failure, submit } = useSubmit(async () => {
    await acceptCare(one.id);
    say(t('care.accepted', { day: formatDay(one.due_on) }));
    done();
  });
  const drop = useSubmit(async () => {
    await dismissCare(one.id);
    done();
  });
  return (
    <>
      <p className="care-acts">
        <Button size="small" loading={busy} onClick={() => void submit()}>
          {t('care.accept')}
        </Button>
        <button type="button" className="act" onClick={() => void drop.submit()}>
          {t('care.dismiss')}
        </button>
      </p>
      <Refusal failure={failure ?? drop.failure} />
    </>
  );
}

function Story({ one, options }: { one: Care; options: CareOptions }) {
  if (one.state === 'skipped') return <p className="meta">{t('care.skipped_why', { why: one.why })}</p>;
  if (one.state !== 'done') return one.text ? <p className="second care-text">{one.text}</p> : null;
  const tail = [one.response ? wordOf(options.care_response, one.response) : '', one.done_by];
  return (
    <>
      <p className="second care-text">{one.did}</p>
      {one.second_plan ? (
        <p className="second">
          {t('care.next_order', {
            chance: wordOf(options.care_repurchase, one.repurchase),
            plan: one.second_plan,
          })}
        </p>
      ) : null}
      <p className="meta">{tail.filter(Boolean).join(' · ')}</p>
    </>
  );
}

/** One act of care: what, for whom, when, why on that day, and what one can do with it. */
export function CareRow({
  one,
  options,
  today,
  named = true,
}: {
  one: Care;
  options: CareOptions;
  today: string;
  /** Is the customer said as well? */
  named?: boolean;
}) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const Icon = iconOf(one.kind);
  const late = one.state === 'planned' && one.due_on < today;
  const done = () => {
    setDoing(null);
    refreshCare(one.customer?.id);
  };
  const meta = [
    one.contact?.name,
    one.owner ? t('care.by', { name: one.owner.name }) : '',
    one.bespoke && one.state !== 'proposed' ? t('care.bespoke') : '',
  ];
  return (
    <li className="care-row" data-state={one.state}>
      <p className="care-row-head">
        <Icon size={16} strokeWidth={1.6} aria-label={wordOf(options.care_kind, one.kind)} />
        <b>{one.act}</b>
        {named && one.customer ? (
          <Link className="cut" to={`/customers/${one.customer.id}`}>
            {one.customer.name}
          </Link>
        ) : null}
        <span className={`care-when ${late ? 'verm' : 'meta'}`}>
          {late ? t('care.late', { day: formatDay(one.due_on) }) : formatDay(one.due_on)}
        </span>
      </p>
      {meta.some(Boolean) ? <p className="meta">{meta.filter(Boolean).join(' · ')}</p> : null}
      {one.note ? <p className="care-note">{words(one.note)}</p> : null}
      <Story one={one} options={options} />
      {one.can && one.state === 'proposed' ? <Idea one={one} done={done} /> : null}
      {one.can && one.state === 'planned' ? (
        <p className="care-acts">
          {(['do', 'skip', 'move', 'pass'] as const).map((act) => (
            <button
              key={act}
              type="button"
              className="act"
              aria-expanded={doing === act}
              onClick={() => setDoing(doing === act ? null : act)}
            >
              {t(`care.${act}`)}
            </button>
          ))}
        </p>
      ) : null}
      {doing === 'do' ? <DoForm one={one} options={options} done={done} /> : null}
      {doing === 'skip' ? <SkipForm one={one} done={done} /> : null}
      {doing === 'move' ? <MoveForm one={one} done={done} /> : null}
      {doing === 'pass' ? <PassForm one={one} done={done} /> : null}
    </li>
  );
}
