import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  type CustomerSatisfaction,
  noteScore,
  qrOf,
  refreshSatisfaction,
  type ScorePoint,
  type SentLink,
  sendSurvey,
  skipSurvey,
  useSatisfaction,
  useSharedLink,
} from '@/api/surveys';
import type { Id } from '@/api/types';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { ScoreTrend } from '@/components/surveys/ScoreTrend';
import { Radios } from '@/components/Tabs';
import { copy } from '@/lib/copy';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatDay, formatWhen } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import '@/components/ownership/ownership.css';
import '@/components/surveys/surveys.css';

const NEWEST = 5;
type Doing = 'send' | 'note' | null;

/** The words to paste into a chat, and the same link as a code. */
function Shared({ id }: { id: Id }) {
  const { data } = useSharedLink(id);
  if (!data) return null;
  return (
    <div className="survey-link">
      <img src={qrOf(id)} alt={t('surveys.qr')} />
      <div>
        <p>{words(data.text)}</p>
        <Button onClick={() => void copy(words(data.text), t('surveys.copied'))}>{t('surveys.copy')}</Button>
        <p className="meta">{t('surveys.share_hint')}</p>
      </div>
    </div>
  );
}

function SendForm({
  customerId,
  page,
  done,
}: {
  customerId: Id;
  page: CustomerSatisfaction;
  done: (id: Id) => void;
}) {
  const planned = page.surveys.find((one) => one.id === page.due?.survey_id) ?? page.surveys[0];
  const [survey, setSurvey] = useState<string | null>(planned ? String(planned.id) : null);
  const [contact, setContact] = useState<string | null>(
    page.contacts[0] ? String(page.contacts[0].id) : null,
  );
  const send = (by: 'link' | 'mail') => async () => {
    const sent = await sendSurvey(customerId, Number(survey), contact ? Number(contact) : null, by);
    say(t(by === 'mail' ? 'surveys.mailed' : 'surveys.made'));
    done(sent.id);
  };
  const link = useSubmit(send('link'));
  const mail = useSubmit(send('mail'));
  const mailable = page.can.mail && page.contacts.some((one) => String(one.id) === contact && one.mail);
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void link.submit();
      }}
    >
      {page.surveys.length > 1 ? (
        <Pick
          label={t('surveys.which')}
          placeholder={t('surveys.which')}
          value={survey}
          choices={page.surveys.map((one) => ({ value: String(one.id), label: one.title }))}
          onChange={setSurvey}
        />
      ) : null}
      <Pick
        label={t('surveys.to')}
        placeholder={t('surveys.to')}
        value={contact}
        choices={page.contacts.map((one) => ({ value: String(one.id), label: one.name }))}
        onChange={setContact}
      />
      <Refusal failure={link.failure ?? mail.failure} />
      <div className="survey-acts">
        <Button type="primary" htmlType="submit" loading={link.busy} disabled={!survey}>
          {t('surveys.make')}
        </Button>
        {mailable ? (
          <Button loading={mail.busy} onClick={() => void mail.submit()}>
            {t('surveys.mail')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function NoteForm({ customerId, done }: { customerId: Id; done: () => void }) {
  const [score, setScore] = useState<number | null>(null);
  const [comment, setComment] = useState('');
  const { busy, failure, submit } = useSubmit(() =>
    noteScore(customerId, score ?? 0, comment.trim()).then(done),
  );
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Radios<number>
        className="score-pick"
        label={t('surveys.score')}
        value={score}
        onChange={setScore}
        choices={[1, 2, 3, 4, 5].map((n) => ({ key: n, label: n }))}
      />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={comment}
        aria-label={t('surveys.comment')}
        placeholder={t('surveys.comment')}
        onChange={(event) => setComment(event.target.value)}
      />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={score === null}>
        {t('surveys.save')}
      </Button>
    </form>
  );
}

function Said({ one }: { one: ScorePoint }) {
  const from = t(`surveys.from_${one.source}`);
  const text = [one.choices.join('、'), one.comment].filter(Boolean).join('：');
  return (
    <li className="score-said">
      <span className="score-mark" data-low={one.score <= 2 || undefined}>
        {one.score}
      </span>
      <span>{text || t('surveys.no_words')}</span>
      <span className="meta">
        {one.followup_id ? <Link to={`/followups/${one.followup_id}`}>{from}</Link> : from}
        {[one.contact, one.source === 'survey' ? '' : one.by, formatDay(one.at)]
          .filter(Boolean)
          .map((part) => ` · ${part}`)
          .join('')}
      </span>
    </li>
  );
}

function Sent({ one, open, toggle }: { one: SentLink; open: boolean; toggle: (() => void) | null }) {
  const when = one.state === 'answered' && one.answered_at ? one.answered_at : one.expires_at;
  return (
    <li>
      <div className="survey-sent">
        <span className="meta">
          {[one.title, one.contact, t(`surveys.state_${one.state}`, { when: formatWhen(when, 'day') })]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {toggle && one.state === 'sent' ? (
          <button type="button" className="act" aria-expanded={open} onClick={toggle}>
            {t('surveys.again')}
          </button>
        ) : null}
      </div>
      {open ? <Shared id={one.id} /> : null}
    </li>
  );
}

function Scores({ page }: { page: CustomerSatisfaction }) {
  if (page.hidden) return <p className="second">{t('surveys.hidden')}</p>;
  if (!page.n) return <p className="second">{t('surveys.none')}</p>;
  return (
    <>
      <p className="score-sum">
        <b>{page.average ?? t('surveys.too_few')}</b>
        <span className="meta">
          {t(page.average === null ? 'surveys.sum_few' : 'surveys.sum', { n: page.n })}
        </span>
      </p>
      <ScoreTrend points={page.points} />
      <ul>
        {page.points
          .slice(-NEWEST)
          .reverse()
          .map((one) => (
            <Said key={`${one.source}${one.id}`} one={one} />
          ))}
      </ul>
    </>
  );
}

/** 满意度: the customer's scores over time, and the links by which he gives them. */
export function Satisfaction({ customerId }: { customerId: Id }) {
  const { data } = useSatisfaction(customerId);
  const [doing, setDoing] = useState<Doing>(null);
  const [open, setOpen] = useState<Id | null>(null);
  const panel = useAimed('#satisfaction', data !== undefined);
  if (!data || (!data.n && !data.links.length && !data.can.note && !data.can.send)) return null;
  const { due } = data;
  const acts: [Exclude<Doing, null>, boolean][] = [
    ['send', data.can.send && data.surveys.length > 0],
    ['note', data.can.note],
  ];
  const done = () => {
    setDoing(null);
    refreshSatisfaction(customerId);
  };
  return (
    <section className="side-part" id="satisfaction" ref={panel}>
      <header>
        <h2>{t('surveys.title')}</h2>
        <span className="survey-acts">
          {acts.map(([act, may]) =>
            may ? (
              <button
                key={act}
                type="button"
                className="act"
                aria-expanded={doing === act}
                onClick={() => setDoing(doing === act ? null : act)}
              >
                {t(`surveys.act_${act}`)}
              </button>
            ) : null,
          )}
        </span>
      </header>
      {due && data.can.send ? (
        <div className="survey-due">
          <span>{t('surveys.due', { when: formatWhen(due.due_at, 'day') })}</span>{' '}
          <button
            type="button"
            className="act"
            onClick={() => void skipSurvey(customerId, due.survey_id).then(done)}
          >
            {t('surveys.skip')}
          </button>
        </div>
      ) : null}
      {doing === 'send' ? (
        <SendForm
          customerId={customerId}
          page={data}
          done={(id) => {
            setOpen(id);
            done();
          }}
        />
      ) : null}
      {doing === 'note' ? (
        <NoteForm
          customerId={customerId}
          done={() => {
            say(t('surveys.noted'));
            done();
          }}
        />
      ) : null}
      {data.links.length ? (
        <ul>
          {data.links.slice(0, 3).map((one) => (
            <Sent
              key={one.id}
              one={one}
              open={open === one.id && one.state === 'sent'}
              toggle={data.can.send ? () => setOpen(open === one.id ? null : one.id) : null}
            />
          ))}
        </ul>
      ) : null}
      <Scores page={data} />
    </section>
  );
}
