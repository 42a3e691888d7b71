import { useState } from 'react';
import { Link } from 'react-router';
import {
  addComplaintStep,
  type Complaint,
  type ComplaintLists,
  type ComplaintStep,
  confirmComplaint,
  passComplaint,
  refreshComplaints,
  regradeComplaint,
  resolveComplaint,
} from '@/api/complaints';
import type { Named } from '@/api/types';
import { say } from '@/lib/notify';
import { formatDay, formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import { choicesOf, PassForm, PickForm, TextForm, WordForm, wordOf } from './ComplaintForms';
import '@/components/ownership/ownership.css';
import './complaints.css';

type Doing = 'step' | 'resolve' | 'yes' | 'no' | 'pass' | 'level';

const joined = (parts: readonly (string | false | null | undefined)[]) => parts.filter(Boolean).join(' · ');

function Step({ step }: { step: ComplaintStep }) {
  return (
    <li data-kind={step.kind}>
      <span>
        {step.kind === 'refused' ? (
          <>
            <b className="verm">{t('complaints.refused')}</b> {step.text}
            <span className="meta complaint-former">
              {t('complaints.former', { text: step.result ?? '' })}
            </span>
          </>
        ) : (
          step.text
        )}
      </span>
      <span className="meta">{joined([step.by, formatWhen(step.at)])}</span>
    </li>
  );
}

/** With whom it is and until when; what was done; what came of it; what the customer said. */
function Story({ one }: { one: Complaint }) {
  const unsolved = one.state === 'open' || one.state === 'handling';
  return (
    <>
      {unsolved ? (
        <p className={one.late ? 'verm' : 'meta'}>
          {joined([
            one.owner && t('complaints.with', { name: one.owner.name }),
            t(one.late ? 'complaints.late' : 'complaints.until', { when: formatWhen(one.due_at) }),
            one.reopened > 0 && t('complaints.reopened', { n: one.reopened }),
          ])}
        </p>
      ) : null}
      {one.steps.length ? (
        <ol className="complaint-steps">
          {one.steps.map((step) => (
            <Step key={`${step.at}${step.text}`} step={step} />
          ))}
        </ol>
      ) : null}
      {one.result ? (
        <p className="own-answer complaint-result">
          {one.result}
          <span className="meta">
            {joined([
              t('complaints.result'),
              one.resolved_by,
              one.resolved_at ? formatWhen(one.resolved_at) : '',
            ])}
          </span>
        </p>
      ) : null}
      {one.state === 'resolved' ? <p className="amber">{t('complaints.asks')}</p> : null}
      {one.state === 'confirmed' ? (
        <p className="complaint-end">
          <b>{t('complaints.agreed')}</b> “{one.words}”
          <span className="meta">
            {joined([one.closed_by, one.confirmed_on ? formatDay(one.confirmed_on) : ''])}
          </span>
        </p>
      ) : null}
    </>
  );
}

function Form({
  doing,
  one,
  lists,
  tell,
}: {
  doing: Doing;
  one: Complaint;
  lists: ComplaintLists;
  tell: (work: Promise<void>, key: Key) => Promise<void>;
}) {
  switch (doing) {
    case 'step':
      return (
        <TextForm
          hint={t('complaints.step_hint')}
          act={t('complaints.step')}
          send={(text) => tell(addComplaintStep(one.id, text), 'complaints.stepped')}
        />
      );
    case 'resolve':
      return (
        <TextForm
          hint={t('complaints.result_hint')}
          act={t('complaints.resolve')}
          send={(text) => tell(resolveComplaint(one.id, text), 'complaints.resolved')}
        />
      );
    case 'yes':
    case 'no':
      return (
        <WordForm
          yes={doing === 'yes'}
          send={(text, on) =>
            tell(
              confirmComplaint(one.id, doing === 'yes', text, on),
              doing === 'yes' ? 'complaints.confirmed' : 'complaints.again',
            )
          }
        />
      );
    case 'pass':
      return (
        <PassForm owner={one.owner?.id} send={(id) => tell(passComplaint(one.id, id), 'complaints.passed')} />
      );
    case 'level':
      return (
        <PickForm
          label={t('complaints.level')}
          act={t('complaints.regrade')}
          choices={choicesOf(lists.complaint_level).filter(({ value }) => value !== one.level)}
          send={(level) => tell(regradeComplaint(one, level), 'complaints.regraded')}
        />
      );
  }
}

/** One case: what the customer said, what was done, and what may be done now. */
export function ComplaintItem({
  one,
  lists,
  customer,
  named = false,
}: {
  one: Complaint;
  lists: ComplaintLists;
  customer: Pick<Named, 'id'> & { name?: string };
  /** In a list of many customers. */
  named?: boolean;
}) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const tell = (work: Promise<void>, key: Key) =>
    work.then(() => {
      say(t(key));
      setDoing(null);
      refreshComplaints(customer.id);
    });
  const { can } = one;
  const acts: [Doing, boolean][] = [
    ['step', can.step],
    ['resolve', can.resolve],
    ['yes', can.confirm],
    ['no', can.confirm],
    ['level', can.update],
    ['pass', can.pass],
  ];
  const level = wordOf(lists, 'complaint_level', one.level);
  return (
    <li className="own-help complaint-one" data-state={one.state}>
      {named ? (
        <p className="complaint-firm">
          <Link to={`/customers/${customer.id}#complaints`}>{customer.name}</Link>
        </p>
      ) : null}
      <p className="complaint-what">
        <span className="complaint-level" data-level={one.state === 'confirmed' ? undefined : one.level}>
          {level}
        </span>
        <b>{one.text}</b>
      </p>
      <p className="meta">
        {joined([
          wordOf(lists, 'complaint_kind', one.kind),
          one.source && wordOf(lists, 'complaint_source', one.source),
          one.contact?.name,
          t('complaints.raised', { when: formatWhen(one.raised_at) }),
        ])}
      </p>
      <Story one={one} />
      <p className="complaint-acts">
        {acts.map(([act, may]) =>
          may ? (
            <button
              key={act}
              type="button"
              className="act"
              aria-expanded={doing === act}
              onClick={() => setDoing(doing === act ? null : act)}
            >
              {t(`complaints.act_${act}`)}
            </button>
          ) : null,
        )}
      </p>
      {doing ? <Form key={doing} doing={doing} one={one} lists={lists} tell={tell} /> : null}
    </li>
  );
}
