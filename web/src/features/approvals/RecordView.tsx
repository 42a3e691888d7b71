import { MessageSquare, Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReviewPageData, Step, Written } from '@/api/approvals';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { FileLink } from '@/components/files/FileLink';
import { ScoreRing } from '@/components/ScoreRing';
import { Value } from '@/components/Value';
import { segments } from '@/lib/marks';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { isBlank, isOwn } from '@/lib/own';
import { formatClock, formatDay, formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import { FIRST, FURTHER, linesOf, marksIn, type Numbered, textOf } from './comments';
import { level } from './QueueList';

/** A text as written, with what the rules and the customer's words mark in it. */
export function Marked({ text, slug, record }: { text: string; slug: string; record: Written }) {
  return (
    <>
      {segments(text, marksIn(text, slug, record.findings)).map((piece) =>
        piece.tone ? (
          <mark key={piece.at} data-tone={piece.tone}>
            {piece.text}
          </mark>
        ) : (
          <span key={piece.at}>{piece.text}</span>
        ),
      )}
    </>
  );
}

function Missing({ grave = false }: { grave?: boolean }) {
  return <span className={grave ? 'verm' : 'review-none'}>{t('reviews.not_written')}</span>;
}

function NextStep({ step, record }: { step: Step; record: Written }) {
  const owner = typeof step.owner === 'string' ? step.owner : step.owner?.name;
  return (
    <div className="review-step">
      <p>
        <Marked text={step.act} slug="next_steps" record={record} />
      </p>
      <p className="second">
        <span>
          {t('followups.step_who')} <b>{owner || <Missing grave />}</b>
        </span>
        <span>
          {t('followups.step_when')}{' '}
          <b>{step.due_at ? formatWhen(step.due_at, step.precision) : <Missing grave />}</b>
        </span>
        <span>
          {t('followups.step_goal')} <b>{step.goal || <Missing />}</b>
        </span>
      </p>
    </div>
  );
}

function lateDays(record: Written): number {
  return Math.max(
    1,
    Math.round((new Date(record.entered_at).getTime() - new Date(record.contact_at).getTime()) / 86_400_000),
  );
}

function When({ record, labels }: { record: Written; labels: Labels }) {
  const day = formatDay(record.contact_at);
  const at = record.precision === 'day' ? day : `${day} ${formatClock(record.contact_at)}`;
  return (
    <span className="review-when">
      {at}
      <span>{labels.label('channel', record.channel)}</span>
      {record.late ? (
        <span className="amber">
          {t('reviews.entered_late', { when: formatWhen(record.entered_at), n: lateDays(record) })}
        </span>
      ) : null}
    </span>
  );
}

/** Without these a record says nothing. */
const GRAVE = new Set(['summary', 'feedback']);

/** What stands in one row. */
export function partOf(slug: string, record: Written, labels: Labels): ReactNode {
  if (slug === 'contact_id') {
    const { contact } = record;
    if (!contact) return <Missing />;
    return [contact.name, contact.title, contact.phone].filter(Boolean).join('　');
  }
  if (slug === 'contact_at') return <When record={record} labels={labels} />;
  if (slug === 'next_steps') {
    if (record.next_steps.length === 0) return record.next_plan || <Missing grave />;
    return record.next_steps.map((step) => (
      <NextStep key={`${step.act}${step.due_at}`} step={step} record={record} />
    ));
  }
  if (slug === 'objections') {
    const lines = linesOf(record.objections);
    return lines.length ? lines.map((line) => <p key={line}>{line}</p>) : <Missing />;
  }
  if (slug === 'feedback' && record.quotes.length && !record.feedback.trim()) {
    return record.quotes.map((quote) => (
      <p key={quote}>
        <mark data-tone="quote">“{quote}”</mark>
      </p>
    ));
  }
  const own = isOwn(slug) ? labels.field('followup', slug) : undefined;
  if (own)
    return isBlank(record[slug]) ? <Missing /> : <Value field={own} value={record[slug]} labels={labels} />;
  const text = textOf(record, slug);
  return text ? <Marked text={text} slug={slug} record={record} /> : <Missing grave={GRAVE.has(slug)} />;
}

export function labelOf(slug: string, labels: Labels): string {
  const own: Record<string, Key> = {
    contact_id: 'reviews.row_contact',
    contact_at: 'reviews.row_when',
    summary: 'reviews.row_summary',
    feedback: 'reviews.row_feedback',
    next_steps: 'reviews.row_next',
    objections: 'reviews.row_objections',
  };
  const key = own[slug];
  if (key) return labels.called('followup', slug, key);
  return words(labels.field('followup', slug)?.label) || slug;
}

export function rowsOf(record: Written, labels: Labels): string[] {
  const first = FIRST.filter((slug) => slug !== 'contact_id' || record.contact !== undefined);
  const own = labels.fields('followup').filter(({ slug }) => isOwn(slug) && !isBlank(record[slug]));
  return [...first, ...FURTHER.filter((slug) => textOf(record, slug)), ...own.map((field) => field.slug)];
}

export interface FieldProps {
  chosen: boolean;
  choose: () => void;
  numbers: Numbered[];
  comments: number;
  /** What stood there before the return, when it is shown. */
  before?: string;
  /** The comment box under the row on the phone. */
  box?: ReactNode;
  comment?: () => void;
}

/** One row of the record: label, what was written, the numbers of its findings. */
export function FieldRow({
  slug,
  record,
  labels,
  chosen,
  choose,
  numbers,
  comments,
  before,
  box,
  comment,
}: FieldProps & { slug: string; record: Written; labels: Labels }) {
  const label = labelOf(slug, labels);
  return (
    <div
      className="review-row"
      role="group"
      aria-label={label}
      aria-current={chosen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab goes from field to field
      tabIndex={0}
      data-slug={slug}
      onFocus={choose}
    >
      <span className="second review-label">{label}</span>
      <div className="review-text">
        {partOf(slug, record, labels)}
        {before === undefined ? null : (
          <p className="review-before meta">
            {t('reviews.was')} <del>{before || t('reviews.not_written')}</del>
          </p>
        )}
      </div>
      <span className="review-marks">
        {numbers.map((each) => (
          <span key={each.number} className="review-number">
            {each.number}
          </span>
        ))}
        {comments && !comment ? <MessageSquare size={16} strokeWidth={1.6} aria-hidden="true" /> : null}
        {comment ? (
          <button
            type="button"
            className="icon-act pine"
            aria-label={`${t('reviews.comment')}：${label}`}
            onClick={comment}
          >
            <MessageSquare size={20} strokeWidth={1.6} />
            {comments ? <span>{comments}</span> : null}
          </button>
        ) : null}
      </span>
      {box}
    </div>
  );
}

/** Customer, author, version, the clock of the stage. */
export function RecordHead({ data, children }: { data: ReviewPageData; children?: ReactNode }) {
  const { approval, customer, record } = data;
  const author = record?.contacted_by;
  return (
    <header className="review-head">
      <div className="review-firm">
        <h2>{customer?.name ?? approval.title}</h2>
        <ClassBadge value={customer?.intent_class} />
        {customer?.clock ? (
          <Clock line clock={customer.clock} stage={customer.stage ? words(customer.stage) : null} />
        ) : null}
      </div>
      <p className="second review-by">
        <span>{[author?.name ?? approval.author?.name, author?.department].filter(Boolean).join(' · ')}</span>
        <span>
          {approval.kind === 'review'
            ? t('reviews.version', { n: approval.round, when: formatWhen(approval.asked_at) })
            : formatWhen(approval.asked_at)}
        </span>
        {children}
      </p>
    </header>
  );
}

export function Files({ record }: { record: Written }) {
  if (!record.files?.length) return null;
  return (
    <div className="review-row review-still">
      <span className="second review-label">{t('reviews.row_files')}</span>
      <div className="review-text review-files">
        {record.files.map((file) => (
          <FileLink key={file.id} file={file}>
            <Paperclip size={14} strokeWidth={1.6} aria-hidden="true" /> {file.name}
          </FileLink>
        ))}
      </div>
    </div>
  );
}

/** The two contacts before, so that a verdict needs no other page. */
export function Earlier({ data, labels }: { data: ReviewPageData; labels: Labels }) {
  if (!data.earlier?.length) return null;
  return (
    <section className="review-earlier">
      <h3>{t('reviews.earlier', { n: data.earlier.length })}</h3>
      <ul>
        {data.earlier.map((each) => (
          <li key={each.id}>
            <span className="second">
              {formatDay(each.contact_at)} {labels.label('channel', each.channel)}
            </span>
            <span className="cut" title={each.summary}>
              {each.summary}
            </span>
            {each.score === null ? null : (
              <span className="queue-score" data-level={level(each.score)}>
                <ScoreRing score={each.score} size={18} />
                {each.score}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
