import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { LogBrief } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { Clock } from '@/components/Clock';
import { Quote } from '@/components/Quote';
import { RichLine } from '@/components/Rich';
import { SinceLines } from '@/components/versions/SinceLines';
import { words } from '@/lib/names';
import { formatDay, formatDue, formatWhen } from '@/lib/time';
import { t } from '@/locales';

type Label = (set: string, key: string | null | undefined) => string;
interface Given {
  brief: LogBrief | null;
  label: Label;
  /** Our to-dos that this contact settles: they are closed with the record. */
  closes: readonly number[];
  toggle: (id: number) => void;
  /** Begins the text with an outline; absent where something is written already. */
  begin?: (text: string) => void;
}

function nameOf(contact: string | { name: string } | null): string {
  return typeof contact === 'string' ? contact : (contact?.name ?? '');
}

function Last({ last, label }: { last: NonNullable<LogBrief['last']>; label: Label }) {
  // A preview that holds his words need not be told them twice.
  const quoted = last.preview.some((run) => run.quote);
  const head = [formatWhen(last.at, last.precision), label('channel', last.channel)]
    .filter(Boolean)
    .join(' ');
  return (
    <section>
      <h3>{t('followups.brief_last')}</h3>
      <p className="meta">{[head, nameOf(last.contact)].filter(Boolean).join(' · ')}</p>
      {last.words && !quoted ? (
        <p>
          <Quote text={last.words} />
        </p>
      ) : null}
      {last.preview.length || !last.words ? (
        <p className={last.words && !quoted ? 'second' : undefined}>
          <RichLine runs={last.preview} text={last.summary ?? ''} />
        </p>
      ) : null}
      {last.attitude_to ? (
        <p className="meta">
          {t('followups.group_attitude')}{' '}
          {last.attitude_from && last.attitude_from !== last.attitude_to
            ? `${label('attitude', last.attitude_from)} → `
            : ''}
          {label('attitude', last.attitude_to)}
        </p>
      ) : null}
    </section>
  );
}

function Promises({
  promises,
  closes,
  toggle,
}: Pick<Given, 'closes' | 'toggle'> & { promises: LogBrief['promises'] }) {
  return (
    <section>
      <h3>{t('followups.brief_promises')}</h3>
      {promises.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same promise may stand twice
        <div className="brief-promise" key={`${at}${one.act}`}>
          <span className="meta">
            {one.side === 'us' ? t('followups.side_us') : t('followups.side_customer')}
          </span>
          {one.id ? (
            <label className="brief-settle" title={t('followups.settled_tip')}>
              <input
                type="checkbox"
                checked={closes.includes(one.id)}
                onChange={() => one.id && toggle(one.id)}
              />
              <span>{one.act}</span>
            </label>
          ) : (
            <span>{one.act}</span>
          )}
          {one.due_at ? (
            <span className={`meta${one.overdue ? ' brief-over' : ''}`}>
              {t('followups.due', { day: formatDay(one.due_at) })}
              {one.overdue ? ` · ${formatDue(one.due_at, one.precision ?? 'day', true)}` : ''}
            </span>
          ) : null}
        </div>
      ))}
    </section>
  );
}

/** What the goal asks to write about; begins the text where there is none yet. */
function Outline({ text, begin }: { text: string } & Pick<Given, 'begin'>) {
  return (
    <section>
      <h3>{t('followups.brief_outline')}</h3>
      <p className="brief-outline second">{text}</p>
      {begin ? (
        <button type="button" className="act brief-begin" onClick={() => begin(text)}>
          {t('followups.brief_outline_use')}
        </button>
      ) : null}
    </section>
  );
}

/** What one needs to know before writing: aim, last words, promises, who decides, what is open. */
export function BriefPanel({ brief, label, closes, toggle, begin }: Given) {
  return (
    <aside className="log-brief" aria-label={t('followups.brief')}>
      {brief?.over_contact ? (
        <p className="brief-dense" role="status">
          {words(brief.over_contact)}
        </p>
      ) : null}
      {brief?.goal ? (
        <section>
          <h3>{t('followups.brief_goal')}</h3>
          <p>{brief.goal}</p>
        </section>
      ) : null}
      {brief?.outline ? <Outline text={words(brief.outline)} begin={begin} /> : null}
      {brief?.last ? <Last last={brief.last} label={label} /> : null}
      {brief && !brief.last ? <p className="second">{t('followups.brief_first')}</p> : null}
      {brief ? <SinceLines since={brief.since} /> : null}
      {brief?.promises.length ? <Promises promises={brief.promises} closes={closes} toggle={toggle} /> : null}
      {brief?.decision_chain.length ? (
        <section>
          <h3>{t('followups.brief_chain')}</h3>
          {brief.decision_chain.map((contact) => (
            <div className="brief-person" key={contact.id}>
              <Avatar name={contact.name} />
              <span>
                {contact.name}
                <small>{contact.title}</small>
              </span>
              <span className="meta">{label('decision_role', contact.decision_role)}</span>
            </div>
          ))}
        </section>
      ) : null}
      {brief?.objections.length ? (
        <section>
          <h3>{t('followups.brief_objections')}</h3>
          {brief.objections.map((one) => (
            <p key={one.text}>
              {label('objection_kind', one.kind)}：{one.text}
            </p>
          ))}
        </section>
      ) : null}
      {brief?.stage ? (
        <section>
          <h3>{t('followups.brief_stage')}</h3>
          <p>
            <Clock clock={brief.stage.clock} stage={words(brief.stage)} line />
          </p>
        </section>
      ) : null}
    </aside>
  );
}

/** The same on the phone: two lines, the rest on a tap. */
export function BriefFold({ brief, label, closes, toggle, begin }: Given) {
  const [open, setOpen] = useState(false);
  if (!brief) return null;
  const ours = brief.promises.filter((one) => one.side === 'us');
  const theirs = brief.promises.length - ours.length;
  const late = ours.find((one) => one.overdue && one.due_at);
  const decides = brief.decision_chain[0]?.name;
  return (
    <div className="brief-fold">
      <button
        type="button"
        className="plain brief-fold-head"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="cut">
          {brief.last ? <span className="meta">{t('followups.brief_last_short')} </span> : null}
          {brief.last?.words ? <Quote text={brief.last.words} /> : brief.last?.summary}
          {brief.last ? null : t('followups.brief_first')}
        </span>
        <span className="cut second">
          {ours.length ? (
            <b className={late ? 'verm' : undefined}>
              {t('followups.owe', { n: ours.length })}
              {late?.due_at
                ? t('followups.comma') + formatDue(late.due_at, late.precision ?? 'day', true)
                : ''}
            </b>
          ) : null}
          {theirs ? <span>{t('followups.owed', { n: theirs })}</span> : null}
          {decides ? <span>{t('followups.decides', { name: decides })}</span> : null}
        </span>
        <ChevronDown size={18} strokeWidth={1.6} aria-hidden="true" />
      </button>
      {open ? <BriefPanel brief={brief} label={label} closes={closes} toggle={toggle} begin={begin} /> : null}
    </div>
  );
}
