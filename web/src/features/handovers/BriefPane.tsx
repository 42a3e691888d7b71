import { Button, Input } from 'antd';
import { Download, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import {
  type Brief,
  type BriefItem,
  fileOf,
  type Handover,
  noteOf,
  refreshHandovers,
  sayOf,
  useBrief,
} from '@/api/handovers';
import { ClassBadge } from '@/components/ClassBadge';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { daysBetween, formatWhen } from '@/lib/time';
import { type Key, locale, t } from '@/locales';

/** Where the record behind a sentence is opened. */
function sourceOf(customer: number, item: BriefItem): string {
  if (item.source.type === 'followup') return `/followups/${item.source.id}`;
  if (item.source.type === 'complaint') return `/customers/${customer}#complaints`;
  return item.source.type === 'objection' ? `/customers/${customer}#objections` : `/customers/${customer}`;
}

function Sentence({ brief, item }: { brief: Brief; item: BriefItem }) {
  const { label } = useLabels();
  const text = item.fields ? t('handovers.in_file', { names: words(item.fields) }) : item.text;
  const when = item.at && item.precision ? formatWhen(item.at, item.precision) : '';
  const planned = item.source.type !== 'need';
  const detail = item.role ? label('decision_role', item.role) : item.detail;
  const inside = (
    <>
      {when && planned ? <b className={item.late ? 'verm' : ''}>{when} </b> : null}
      <span className={item.late ? 'verm' : ''}>{text}</span>
      {detail ? <span className="second"> {detail}</span> : null}
      {when && !planned ? <span className="meta"> {when}</span> : null}
      {item.late ? <span className="verm"> {t('handovers.late')}</span> : null}
      {item.answered ? <span className="meta"> {t('handovers.answered')}</span> : null}
    </>
  );
  return (
    <li>
      {brief.opens ? (
        <Link className="handover-source" to={sourceOf(brief.id, item)} title={t('handovers.source')}>
          {inside}
        </Link>
      ) : (
        inside
      )}
    </li>
  );
}

function Sections({ brief }: { brief: Brief }) {
  if (!brief.sections.length) return <p className="second">{t('handovers.nothing')}</p>;
  return (
    <dl className="handover-sections">
      {brief.sections.map((section) => (
        <div key={section.key}>
          <dt>{t(`handovers.s_${section.key}` as Key)}</dt>
          <dd>
            <ul>
              {section.items.map((item) => (
                <Sentence
                  key={`${item.source.type} ${item.source.id} ${item.text}`}
                  brief={brief}
                  item={item}
                />
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A promise of ours that is late: the receiver's first task. */
function Promise_({ brief, handover }: { brief: Brief; handover: Handover }) {
  const { late } = brief;
  if (!late || !['draft', 'waiting'].includes(handover.state)) return null;
  const days = daysBetween(new Date(), late.at);
  const what = late.text;
  const head =
    days < 1
      ? t('handovers.promise_today', { what })
      : late.many > 1
        ? t('handovers.promise_many', { what, n: late.many, days })
        : t('handovers.promise', { what, days });
  return (
    <p className="handover-promise">
      <TriangleAlert size={16} strokeWidth={1.6} aria-hidden="true" />
      <span>
        <b>{head}</b>
        {t('handovers.promise_first', { name: brief.to.name, when: formatWhen(late.first_by) })}
      </span>
    </p>
  );
}

/** What stands in no record, in the giver's words. */
function Note({ handover, brief }: { handover: Handover; brief: Brief }) {
  const [text, setText] = useState(brief.note);
  if (!handover.can.note)
    return brief.note ? (
      <div className="handover-note">
        <b>{t('handovers.note_title')}</b>
        <p>{brief.note}</p>
      </div>
    ) : null;
  const save = () =>
    noteOf(handover.id, brief.id, text)
      .then(() => say(t('handovers.note_saved')))
      .then(refreshHandovers)
      .catch(sayFailure);
  return (
    <div className="handover-note">
      <label htmlFor="handover-note">
        <b>{t('handovers.note_title')}</b>
      </label>
      <Input.TextArea
        id="handover-note"
        value={text}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('handovers.note_hint')}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() !== brief.note ? (
        <Button size="small" onClick={() => void save()}>
          {t('handovers.note_save')}
        </Button>
      ) : null}
    </div>
  );
}

function Talk({ handover, brief, me }: { handover: Handover; brief: Brief; me: number | null }) {
  const [text, setText] = useState('');
  const asks = me === brief.to.id;
  const send = () =>
    sayOf(handover.id, brief.id, text)
      .then(() => setText(''))
      .then(refreshHandovers)
      .catch(sayFailure);
  if (!brief.said.length && !handover.can.say) return null;
  return (
    <section className="handover-talk" aria-label={t('handovers.ask_title')}>
      <h3>{t('handovers.ask_title')}</h3>
      {brief.said.map((line) => (
        <p key={line.at + line.text} className="handover-said" data-what={line.what}>
          {line.text}{' '}
          <span className="meta">
            {line.name} {formatWhen(line.at)}
          </span>
        </p>
      ))}
      {handover.can.say ? (
        <form
          className="handover-say"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) void send();
          }}
        >
          <Input
            value={text}
            maxLength={1000}
            aria-label={asks ? t('handovers.ask', { name: handover.giver.name }) : t('handovers.answer')}
            placeholder={t(asks ? 'handovers.ask_hint' : 'handovers.answer_hint')}
            onChange={(event) => setText(event.target.value)}
          />
          <Button htmlType="submit" disabled={!text.trim()}>
            {t('handovers.send')}
          </Button>
        </form>
      ) : null}
    </section>
  );
}

/** 交接说明 of one customer: each sentence leads to its record. */
export function BriefPane({
  handover,
  customer,
  me,
  foot,
}: {
  handover: Handover;
  customer: number | null;
  me: number | null;
  foot?: ReactNode;
}) {
  const { label } = useLabels();
  const query = useBrief(handover.id, customer);
  if (customer === null) return null;
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={6} height={40} />;
  const brief = query.data;
  return (
    <article className="handover-brief" aria-label={brief.name}>
      <header className="handover-head">
        <div>
          <h2>
            {brief.name} <ClassBadge value={brief.intent_class} />
          </h2>
          <p className="meta">
            {[
              label('stage', brief.stage),
              t(brief.opens ? 'handovers.records_open' : 'handovers.records', { n: brief.records }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <a
          className="act"
          href={fileOf(handover.id, `customers/${brief.id}/file`, locale() === 'en-US' ? 'en' : 'zh')}
        >
          <Download size={16} strokeWidth={1.6} aria-hidden="true" />
          {t('handovers.word')}
        </a>
      </header>
      <Sections brief={brief} />
      <Promise_ brief={brief} handover={handover} />
      <Note key={brief.id} handover={handover} brief={brief} />
      <Talk handover={handover} brief={brief} me={me} />
      {foot}
    </article>
  );
}
