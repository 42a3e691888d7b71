import { Button } from 'antd';
import { AtSign } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { newKey } from '@/api/client';
import { type CommentBody, type CommentPlace, refreshComments, type Unseen, unseenOf } from '@/api/comments';
import { addCollaborator } from '@/api/customers';
import { useMembers, useSession } from '@/api/queries';
import type { MemberRow, Named } from '@/api/types';
import { MAC, usePhone } from '@/lib/media';
import { asked, found, stillNamed, withName } from '@/lib/mentions';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { Avatar } from './Avatar';
import './comments.css';

const MOST = 2000;

function People({
  people,
  at,
  id,
  choose,
}: {
  people: MemberRow[];
  at: number;
  id: string;
  choose: (member: MemberRow) => void;
}) {
  return (
    <div className="cm-people" role="listbox" id={id} aria-label={t('comments.who')}>
      {people.map((one, place) => (
        <button
          type="button"
          role="option"
          tabIndex={-1}
          id={`${id}-${place}`}
          aria-selected={place === at}
          key={one.id}
          // The text keeps the focus, on the phone also its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(one)}
        >
          <Avatar name={one.name} />
          <span className="cut">{one.name}</span>
        </button>
      ))}
      {people.length ? null : <p className="meta">{t('comments.nobody')}</p>}
    </div>
  );
}

/** Who cannot see the customer, before anything was sent: add him, send anyway, or go on writing. */
function Blind({
  unseen,
  row,
  share,
  send,
}: {
  unseen: Unseen;
  /** About a row of an own type, which is shared by roles and not by collaborators. */
  row: boolean;
  share: () => void;
  send: () => void;
}) {
  const names = unseen.people.map((one) => one.name).join(t('comments.and'));
  return (
    <div className="cm-unseen" role="alert">
      <p>
        {t(row ? 'comments.unseen_row' : unseen.canShare ? 'comments.unseen_share' : 'comments.unseen_ask', {
          names,
        })}
      </p>
      <p className="meta">{t('comments.unseen_hint')}</p>
      <span>
        {unseen.canShare ? (
          <button type="button" className="act" onClick={share}>
            {t('comments.share_and_send')}
          </button>
        ) : null}
        <button type="button" className="act" onClick={send}>
          {t('comments.anyway')}
        </button>
      </span>
    </div>
  );
}

/**
 * Writes a comment: @ finds colleagues by name, pinyin or initials; Ctrl+Enter sends.
 * `start` is what stands there when one's comment is changed, or the name of the person answered.
 */
export function CommentBox({
  place,
  send,
  start = { text: '', mentions: [] },
  close,
  focus = false,
}: {
  place: CommentPlace;
  send: (body: CommentBody, key: string) => Promise<unknown>;
  start?: { text: string; mentions: Named[] };
  close?: () => void;
  focus?: boolean;
}) {
  const me = useSession().data?.member.id ?? 0;
  const phone = usePhone();
  const list = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef<number | null>(null);
  const key = useRef(newKey());
  const [text, setText] = useState(start.text);
  const [chosen, setChosen] = useState<Named[]>(start.mentions);
  const [caret, setCaret] = useState(-1);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [unseen, setUnseen] = useState<Unseen | null>(null);
  const typing = caret < 0 ? null : asked(text, caret);
  const members = useMembers(typing !== null);
  const people = typing && members.data ? found(members.data.items, typing.words, me) : [];

  const change = (next: string, position: number) => {
    // Another text is another comment: a retry of it may not be answered with the first one.
    key.current = newKey();
    setText(next);
    setCaret(position);
    setAt(0);
    setUnseen(null);
  };
  // Set while the new text is drawn: a frame later the next letters have come already.
  const toCaret = (position: number) => {
    wanted.current = position;
  };
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  const choose = (member: MemberRow) => {
    if (!typing) return;
    const [next, position] = withName(text, typing.from, caret, member.name);
    change(next, -1);
    setChosen([...chosen.filter((one) => one.id !== member.id), { id: member.id, name: member.name }]);
    toCaret(position);
  };
  const askName = () => {
    const position = area.current?.selectionStart ?? text.length;
    const gap = position > 0 && !/\s/.test(text[position - 1] ?? '') ? ' @' : '@';
    change(text.slice(0, position) + gap + text.slice(position), position + gap.length);
    toCaret(position + gap.length);
  };
  const submit = async (anyway: boolean, share = false) => {
    if (!text.trim() || busy) return;
    setBusy(true);
    try {
      if (share && unseen) {
        for (const one of unseen.people)
          if (typeof place.about === 'number') await addCollaborator(place.about, one.id);
      }
      const mentions = stillNamed(text, chosen).map((one) => one.id);
      await send({ text: text.trim(), mentions, anyway }, `${key.current}${anyway ? '.anyway' : ''}`);
      change('', -1);
      setChosen([]);
      refreshComments(place.about);
      close?.();
    } catch (failure) {
      const blind = unseenOf(failure);
      if (blind) setUnseen(blind);
      else sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit(false);
    } else if (typing && people.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : people.length - 1)) % people.length);
    } else if (typing && people.length && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      const member = people[at];
      if (member) choose(member);
    } else if (event.key === 'Escape' && (typing || close)) {
      event.stopPropagation();
      if (typing) setCaret(-1);
      else close?.();
    }
  };
  return (
    <div className="cm-box">
      <textarea
        ref={area}
        aria-label={t('comments.write')}
        placeholder={t('comments.placeholder')}
        rows={text ? 3 : 1}
        value={text}
        maxLength={MOST}
        // biome-ignore lint/a11y/noAutofocus: opened by the person to write here
        autoFocus={focus}
        aria-controls={typing ? list : undefined}
        aria-activedescendant={typing && people.length ? `${list}-${at}` : undefined}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onKeyDown={press}
        onBlur={() => setCaret(-1)}
      />
      {typing && members.data ? <People people={people} at={at} id={list} choose={choose} /> : null}
      {unseen ? (
        <Blind
          unseen={unseen}
          row={typeof place.about !== 'number'}
          share={() => void submit(false, true)}
          send={() => void submit(true)}
        />
      ) : null}
      <div className="cm-acts">
        <button type="button" className="icon-act" aria-label={t('comments.who')} onClick={askName}>
          <AtSign size={16} strokeWidth={1.6} />
        </button>
        <span className="meta cm-hint">
          {text.length > MOST - 200
            ? `${text.length} / ${MOST}`
            : phone
              ? ''
              : t('comments.keys', { key: MAC ? '⌘' : 'Ctrl' })}
        </span>
        {close ? (
          <button type="button" className="act" onClick={close}>
            {t('common.cancel')}
          </button>
        ) : null}
        <Button
          type="primary"
          size="small"
          loading={busy}
          disabled={!text.trim()}
          onClick={() => void submit(false)}
        >
          {t('comments.send')}
        </Button>
      </div>
    </div>
  );
}
