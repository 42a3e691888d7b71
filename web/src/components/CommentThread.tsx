import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import {
  addComment,
  type CommentAbout,
  type CommentItem,
  refreshComments,
  removeComment,
  takeDownComment,
  updateComment,
} from '@/api/comments';
import { pieces } from '@/lib/mentions';
import { sayFailure } from '@/lib/notify';
import { formatWhen, now } from '@/lib/time';
import { t } from '@/locales';
import { Avatar } from './Avatar';
import { CommentBox } from './CommentBox';
import './comments.css';

type Mode = 'read' | 'edit' | 'remove' | 'take_down';

function Ask({ takeDown, run, close }: { takeDown: boolean; run: (why: string) => void; close: () => void }) {
  const [why, setWhy] = useState('');
  return (
    <form
      className="cm-ask"
      onSubmit={(event) => {
        event.preventDefault();
        run(why.trim());
      }}
    >
      {takeDown ? (
        <input
          // biome-ignore lint/a11y/noAutofocus: opened by the person to write here
          autoFocus
          maxLength={500}
          value={why}
          aria-label={t('comments.why')}
          placeholder={t('comments.why')}
          onChange={(event) => setWhy(event.target.value)}
        />
      ) : (
        <span className="second">{t('comments.remove_sure')}</span>
      )}
      <button type="submit" className="act verm" disabled={takeDown && !why.trim()}>
        {t(takeDown ? 'comments.take_down' : 'comments.remove')}
      </button>
      <button type="button" className="act" onClick={close}>
        {t('common.cancel')}
      </button>
    </form>
  );
}

/** One comment: who, when, the words with the names in them, and what one may do with it. */
function Entry({ one, about, reply }: { one: CommentItem; about: CommentAbout; reply?: () => void }) {
  const [mode, setMode] = useState<Mode>('read');
  const row = useRef<HTMLDivElement>(null);
  const aimed = useLocation().hash === `#comment-${one.id}`;
  useEffect(() => {
    if (aimed) row.current?.scrollIntoView({ block: 'center' });
  }, [aimed]);
  const read = () => setMode('read');
  const gone = (work: Promise<unknown>) => void work.then(() => refreshComments(about), sayFailure);
  const until = one.can.update_until;
  const mayEdit = until !== null && new Date(until) >= now();
  if (mode === 'edit') {
    return (
      <CommentBox
        place={{ about }}
        start={{ text: one.text, mentions: one.mentions }}
        send={(body) => updateComment(about, one, body)}
        close={read}
        focus
      />
    );
  }
  return (
    <div className="cm-entry" id={`comment-${one.id}`} ref={row} data-aimed={aimed || undefined}>
      <Avatar name={one.by.name} />
      <div className="cm-said">
        <p className="cm-head">
          <b>{one.by.name}</b>
          <span className="meta">
            {formatWhen(one.at)}
            {one.edited_at ? ` · ${t('comments.edited')}` : ''}
            {one.reply_to_gone ? ` · ${t('comments.answer_gone')}` : ''}
          </span>
        </p>
        <p className="cm-text">
          {pieces(
            one.text,
            one.mentions.map((each) => each.name),
          ).map((piece, at) =>
            piece.named ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name
              <b className="cm-name" key={at}>
                {piece.text}
              </b>
            ) : (
              piece.text
            ),
          )}
        </p>
        {mode === 'read' ? (
          <span className="cm-may">
            {reply ? (
              <button type="button" className="act" onClick={reply}>
                {t('comments.reply')}
              </button>
            ) : null}
            {mayEdit ? (
              <button type="button" className="act" onClick={() => setMode('edit')}>
                {t('comments.edit')}
              </button>
            ) : null}
            {one.can.remove || one.can.take_down ? (
              <button
                type="button"
                className="act"
                onClick={() => setMode(one.can.remove ? 'remove' : 'take_down')}
              >
                {t(one.can.remove ? 'comments.remove' : 'comments.take_down')}
              </button>
            ) : null}
          </span>
        ) : (
          <Ask
            takeDown={mode === 'take_down'}
            run={(why) =>
              gone(mode === 'take_down' ? takeDownComment(about, one, why) : removeComment(about, one))
            }
            close={read}
          />
        )}
      </div>
    </div>
  );
}

/** A comment with the answers to it; whoever may comment answers at its foot. */
export function CommentThread({
  thread,
  about,
  can,
}: {
  thread: CommentItem;
  about: CommentAbout;
  can: boolean;
}) {
  const [answer, setAnswer] = useState<CommentItem | null>(null);
  const place = { about, replyToId: thread.reply_to_id ?? thread.id };
  const open = can && !thread.reply_to_gone;
  return (
    <div className="cm-thread">
      <Entry one={thread} about={about} reply={open ? () => setAnswer(thread) : undefined} />
      {thread.replies.length || answer ? (
        <div className="cm-replies">
          {thread.replies.map((one) => (
            <Entry key={one.id} one={one} about={about} reply={open ? () => setAnswer(one) : undefined} />
          ))}
          {answer ? (
            <CommentBox
              key={answer.id}
              place={place}
              start={
                answer === thread
                  ? undefined
                  : { text: `@${answer.by.name} `, mentions: [{ id: answer.by.id, name: answer.by.name }] }
              }
              send={(body, key) => addComment(place, body, key)}
              close={() => setAnswer(null)}
              focus
            />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** All threads of one record, and a place to write. `quiet`: the box opens by a button first. */
export function Comments({
  threads,
  about,
  followupId,
  can,
  quiet = false,
}: {
  threads: CommentItem[];
  about: CommentAbout;
  followupId?: number;
  can: boolean;
  quiet?: boolean;
}) {
  const [open, setOpen] = useState(!quiet);
  const place = { about, followupId };
  return (
    <div className="cm">
      {threads.map((one) => (
        <CommentThread key={one.id} thread={one} about={about} can={can} />
      ))}
      {can && open ? (
        <CommentBox
          place={place}
          send={(body, key) => addComment(place, body, key)}
          close={quiet ? () => setOpen(false) : undefined}
          focus={quiet}
        />
      ) : null}
      {can && !open ? (
        <button type="button" className="act cm-open" onClick={() => setOpen(true)}>
          {t('comments.comment')}
        </button>
      ) : null}
    </div>
  );
}
