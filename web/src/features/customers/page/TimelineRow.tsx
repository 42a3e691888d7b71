import {
  Check,
  CornerDownRight,
  Mail,
  MapPin,
  MessageCircle,
  MessageSquareText,
  MessagesSquare,
  Paperclip,
  Phone,
  PhoneMissed,
  Video,
} from 'lucide-react';
import { Link } from 'react-router';
import type { FollowUpItem, TimelineItem } from '@/api/types';
import { Comments, CommentThread } from '@/components/CommentThread';
import { FileLink } from '@/components/files/FileLink';
import { OwnWords } from '@/components/OwnWords';
import { Quote } from '@/components/Quote';
import { Rich } from '@/components/Rich';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatClock, formatDay, formatWhen, now } from '@/lib/time';
import { t } from '@/locales';

const ICONS = {
  phone: Phone,
  wechat: MessageCircle,
  wecom: MessageCircle,
  sms: MessageSquareText,
  email: Mail,
  visit: MapPin,
  meeting: Video,
} as const;

function ChannelIcon({ channel, attempt }: { channel: string; attempt: string | null }) {
  const Icon = attempt ? PhoneMissed : (ICONS[channel as keyof typeof ICONS] ?? MessageSquareText);
  return <Icon size={15} strokeWidth={1.6} aria-hidden="true" />;
}

/** The ring without its figure, which stands beside it. */
function MiniRing({ score }: { score: number }) {
  const round = 2 * Math.PI * 6.5;
  return (
    <svg width="17" height="17" viewBox="0 0 17 17" aria-hidden="true">
      <circle cx="8.5" cy="8.5" r="6.5" fill="none" stroke="var(--line)" strokeWidth="3" />
      <circle
        cx="8.5"
        cy="8.5"
        r="6.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        strokeDasharray={`${(round * score) / 100} ${round}`}
        transform="rotate(-90 8.5 8.5)"
      />
    </svg>
  );
}

function Steps({ steps }: { steps: FollowUpItem['next_steps'] }) {
  return steps.map((step) => {
    const done = step.state === 'done';
    const over = !done && new Date(step.due_at) < now();
    return (
      <p className="tl-step" key={step.id} data-done={done || undefined}>
        {done ? (
          <Check size={15} strokeWidth={1.8} aria-hidden="true" />
        ) : (
          <CornerDownRight size={15} strokeWidth={1.6} aria-hidden="true" />
        )}
        <span>
          {[step.act, step.owner?.name, done ? t('page.step_done') : formatWhen(step.due_at, step.precision)]
            .filter(Boolean)
            .join(' · ')}{' '}
          {over ? <b className="verm">{t('page.step_open')}</b> : null}
        </span>
      </p>
    );
  });
}

function Files({ files }: { files: FollowUpItem['files'] }) {
  if (!files.length) return null;
  return (
    <span className="tl-files">
      <Paperclip size={13} strokeWidth={1.6} aria-hidden="true" />
      {files.slice(0, 3).map((file) => (
        <FileLink className="cut" key={file.id} file={file} />
      ))}
      {files.length > 3 ? <span>{t('page.more_files', { n: files.length - 3 })}</span> : null}
    </span>
  );
}

function Contact({ item }: { item: FollowUpItem }) {
  const labels = useLabels();
  const { label } = labels;
  const from = item.contacted_by?.name ?? '';
  const to = item.contact?.name;
  const marks = [
    item.attempt ? label('attempt_kind', item.attempt) : '',
    item.late ? t('page.late', { when: formatWhen(item.entered_at) }) : '',
    item.historical ? t('page.historical') : '',
    item.entered_by && item.entered_by.id !== item.contacted_by?.id
      ? t('page.entered_by', { name: item.entered_by.name })
      : '',
  ].filter(Boolean);
  const spoken = item.quotes.filter((quote) => !item.summary.includes(quote));
  return (
    <>
      <div className="tl-head">
        <Link className="tl-open" to={`/followups/${item.id}`} title={t('record.open')}>
          <b>{label('channel', item.channel)}</b>
        </Link>
        <span className="cut">
          {from}
          {to ? ` → ${to}` : ''}
        </span>
        {item.score === null || item.attempt || item.historical ? null : (
          <span
            className="tl-score"
            data-level={item.score >= 80 ? 'good' : item.score >= 60 ? 'fair' : 'poor'}
          >
            <MiniRing score={item.score} /> {item.score}
          </span>
        )}
        {marks.length ? <span className="meta">{marks.join(' · ')}</span> : null}
        <Files files={item.files} />
      </div>
      <Rich tree={item.summary_blocks} text={item.summary} className="tl-text" />
      {spoken.map((quote) => (
        <p key={quote}>
          <Quote text={quote} className="tl-quote" />
        </p>
      ))}
      {!item.quotes.length && item.feedback ? (
        <p>
          <Quote text={item.feedback} className="tl-quote" />
        </p>
      ) : null}
      {item.attitude_to ? (
        <p className="second">
          {t('page.attitude')}{' '}
          {item.attitude_from && item.attitude_from !== item.attitude_to
            ? `${label('attitude', item.attitude_from)} → `
            : ''}
          {label('attitude', item.attitude_to)}
          {item.satisfaction ? ` · ${t('page.satisfaction', { n: item.satisfaction })}` : ''}
        </p>
      ) : null}
      {item.objections.map((one) => (
        <p className="second" key={one.text}>
          {t('page.objection')} {one.text}
          {one.answer ? ` → ${one.answer}` : ''}
        </p>
      ))}
      <OwnWords record="followup" row={item} labels={labels} className="block" />
      <Steps steps={item.next_steps} />
    </>
  );
}

/** One row: when, mark, what. A contact has an icon ring, a change only a small dot. */
export function TimelineRow({
  item,
  customerId,
  canComment,
}: {
  item: TimelineItem;
  customerId: number;
  canComment: boolean;
}) {
  const followup = item.kind === 'followup';
  return (
    <li className="tl-row" data-kind={item.kind}>
      <span className="tl-when">
        {formatDay(item.at)}
        {followup && item.precision !== 'day' ? <small>{formatClock(item.at)}</small> : null}
      </span>
      <span className="tl-mark">
        {followup ? <ChannelIcon channel={item.channel} attempt={item.attempt} /> : null}
        {item.kind === 'comment' ? <MessagesSquare size={15} strokeWidth={1.6} aria-hidden="true" /> : null}
      </span>
      <div className="tl-body">
        {followup ? <Contact item={item} /> : null}
        {followup ? (
          <Comments
            threads={item.comments ?? []}
            about={customerId}
            followupId={item.id}
            can={canComment}
            quiet
          />
        ) : null}
        {item.kind === 'comment' ? (
          <>
            {item.followup ? (
              <Link className="tl-open meta" to={`/followups/${item.followup.id}#comment-${item.id}`}>
                {t('comments.on_record', { when: formatWhen(item.followup.at) })}
              </Link>
            ) : null}
            <CommentThread thread={item} about={customerId} can={canComment} />
          </>
        ) : null}
        {item.kind === 'event' ? (
          <p className="tl-event">
            {words(item.sentence)}
            <span className="meta">{[item.by, item.why].filter(Boolean).join(' · ')}</span>
          </p>
        ) : null}
        {item.kind === 'task' ? <p>{item.act}</p> : null}
      </div>
    </li>
  );
}
