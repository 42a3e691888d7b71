import { CircleAlert, Highlighter, Paperclip, Plus, Quote } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Examples, ExamplesToggle } from '@/components/Examples';
import { Pick } from '@/components/Pick';
import { fetchAhead, RichBox } from '@/components/rich/RichBox';
import { WhenInput } from '@/components/WhenInput';
import { looksLikeChat, quotesIn } from '@/lib/marks';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { now } from '@/lib/time';
import { t } from '@/locales';
import { Attempts } from './Attempts';
import { ChannelRow } from './ChannelRow';
import { allQuotes } from './draft';
import { marksFor, type Part, partOf } from './findings';
import { MarkedText, type MarkedTextHandle } from './MarkedText';
import { More } from './More';
import { NextSteps } from './NextSteps';
import { TidyChat } from './TidyChat';
import type { Log } from './use-log';
import { useRich } from './use-rich';
import { useVoice, type VoiceIn } from './voice/use-voice';
import { VoiceButton, VoiceLine } from './voice/VoiceButton';

/** The sentence under an input that has to be mended before submitting. */
function Wrong({ log, part }: { log: Log; part: Part }) {
  const finding = log.shown.find((one) => one.severity === 'error' && partOf(one.field) === part);
  if (!finding || !(log.tried || log.left.has(part))) return null;
  return (
    <p className="field-wrong">
      <CircleAlert size={14} strokeWidth={1.6} aria-hidden="true" /> {words(finding.message)}
    </p>
  );
}

/** Open the part of the template that holds a field. */
function open(log: Log, slug: string): void {
  const parts = log.template?.sections.flatMap((section) => section.parts) ?? [];
  const id = parts.find((part) => part.fields.includes(slug))?.fields[0] ?? slug;
  log.change((old) => ({ open: [...new Set([...old.open, id])] }));
}

function Who({ log }: { log: Log }) {
  const choices = log.contacts.map((contact) => ({
    value: String(contact.id),
    label: [contact.name, contact.title, contact.phone].filter(Boolean).join('　'),
  }));
  return (
    <div className="field" data-part="contact">
      <label className="second" htmlFor="log-contact">
        {log.labels.called('followup', 'contact_id', 'followups.with')}
      </label>
      <span className="field-row">
        <Pick
          id="log-contact"
          label={log.labels.called('followup', 'contact_id', 'followups.with')}
          placeholder={t('followups.no_contact')}
          clear={false}
          value={log.contactId === null ? null : String(log.contactId)}
          choices={choices}
          onChange={(id) => log.change({ contact_id: Number(id) || null })}
        />
        <button type="button" className="side-act" onClick={() => open(log, 'participants_ours')}>
          <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('followups.group_participants')}
        </button>
      </span>
      <Wrong log={log} part="contact" />
    </div>
  );
}

/** The tools over the plain text; the rich editor brings its own. */
function Tools({
  log,
  quote,
  rich,
  voice,
}: {
  log: Log;
  quote: () => void;
  rich: (() => void) | null;
  voice: VoiceIn | null;
}) {
  const phone = usePhone();
  return (
    <span className="content-tools">
      {voice ? <VoiceButton voice={voice} /> : null}
      {rich ? (
        <>
          <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={quote}>
            <Quote size={14} strokeWidth={1.6} aria-hidden="true" />
            {t(phone ? 'followups.rich_quote_short' : 'followups.mark_quote')}
          </button>
          <button type="button" title={t('followups.rich_tip')} onPointerEnter={fetchAhead} onClick={rich}>
            <Highlighter size={14} strokeWidth={1.6} aria-hidden="true" />
            {t('followups.rich')}
          </button>
        </>
      ) : null}
      <button type="button" onClick={() => open(log, 'files')}>
        <Paperclip size={14} strokeWidth={1.6} aria-hidden="true" />
        {t('followups.attach')}
      </button>
      {phone && log.draft.summary ? (
        <span className="meta">{t('followups.signs', { n: log.draft.summary.length })}</span>
      ) : null}
    </span>
  );
}

function Content({ log }: { log: Log }) {
  const phone = usePhone();
  const text = useRef<MarkedTextHandle>(null);
  const [chat, setChat] = useState<string | null>(null);
  const { draft } = log;
  const rich = useRich(log);
  const box = useRef<HTMLDivElement>(null);
  const listening = useVoice((said) => {
    const editor = box.current?.querySelector<HTMLElement>('[contenteditable="true"]');
    editor?.focus();
    if (editor) document.execCommand('insertText', false, said);
    else text.current?.insert(said);
  });
  const voice = phone ? listening : null;
  // The drawer takes the focus while it opens; then the first input to be typed has it, unless somebody
  // was quicker: words typed elsewhere must not go on here.
  useEffect(() => {
    if (phone) return;
    const timer = setTimeout(() => {
      if (!document.activeElement?.matches('input, textarea, select, [contenteditable="true"]'))
        text.current?.focus();
    }, 280);
    return () => clearTimeout(timer);
  }, [phone]);
  const marked = quotesIn(draft.summary);
  const wrong = log.shown.some((one) => one.severity === 'error' && partOf(one.field) === 'summary');
  const tools = (
    <Tools
      log={log}
      voice={voice}
      quote={() => text.current?.quote()}
      rich={draft.summary_blocks ? null : rich.open}
    />
  );
  const lookAt = (pasted: string) => looksLikeChat(pasted) && setChat(pasted);
  const given = {
    label: log.labels.called('followup', 'summary', 'followups.content'),
    placeholder: t('followups.content_hint'),
    marks: marksFor(log.shown, 'summary', draft.summary),
    onLeave: () => draft.summary && log.leavePart('summary'),
    onComposing: log.setComposing,
  };
  return (
    <div className="field">
      <div className="field-head">
        <span>
          <label className="second" htmlFor="log-summary">
            {log.labels.called('followup', 'summary', 'followups.content')}
          </label>
          <ExamplesToggle />
        </span>
        {phone ? null : tools}
      </div>
      <div
        ref={box}
        className="content-box"
        data-part="summary"
        data-wrong={(wrong && log.left.has('summary')) || undefined}
      >
        {draft.summary_blocks ? (
          <RichBox
            {...given}
            value={draft.summary_blocks}
            take={rich.opened}
            onChange={rich.write}
            onPlain={rich.close}
            onPasteText={lookAt}
          />
        ) : (
          <MarkedText
            {...given}
            ref={text}
            id="log-summary"
            quotes
            value={draft.summary}
            onChange={(summary) => log.change({ summary })}
            onPasteText={(pasted, html) => {
              lookAt(pasted);
              return rich.paste(html, text.current?.selection() ?? null);
            }}
          />
        )}
        {phone ? tools : null}
      </div>
      {voice ? <VoiceLine voice={voice} /> : null}
      {rich.back ? (
        <p className="second">
          {t('followups.rich_gone')}{' '}
          <button type="button" className="act" onClick={rich.back}>
            {t('followups.rich_back')}
          </button>
        </p>
      ) : null}
      {chat ? <TidyChat text={chat} log={log} close={() => setChat(null)} /> : null}
      <Wrong log={log} part="summary" />
      <Examples field="summary" />
      <Feedback log={log} marked={marked.length} />
      <Wrong log={log} part="feedback" />
      <Examples field="feedback" />
    </div>
  );
}

function Feedback({ log, marked }: { log: Log; marked: number }) {
  const phone = usePhone();
  const { draft } = log;
  return (
    <div className="feedback" data-part="feedback">
      {marked && !draft.feedback ? (
        <span className="meta">{t('followups.feedback_marked', { n: allQuotes(draft).length })}</span>
      ) : (
        <span className="feedback-line">
          <span className="second">{log.labels.called('followup', 'feedback', 'followups.feedback')}</span>
          <MarkedText
            line
            value={draft.feedback}
            label={log.labels.called('followup', 'feedback', 'followups.feedback')}
            placeholder={t('followups.feedback_hint')}
            marks={marksFor(log.shown, 'feedback', draft.feedback)}
            onChange={(feedback) => log.change({ feedback })}
            onLeave={() => draft.summary && log.leavePart('feedback')}
            onComposing={log.setComposing}
          />
        </span>
      )}
      {phone ? null : <span className="meta">{t('followups.signs', { n: draft.summary.length })}</span>}
    </div>
  );
}

/** The inputs of one record, in reading order: who, when, how, what, what next, more when needed. */
export function LogFields({ log }: { log: Log }) {
  const { draft } = log;
  return (
    <>
      <Who log={log} />
      <div className="field-pair">
        <div className="field" data-part="contact_at">
          <label className="second" htmlFor="log-at">
            {log.labels.called('followup', 'contact_at', 'followups.at')}{' '}
            {draft.at_by_hand ? null : <span className="meta">{t('followups.now')}</span>}
          </label>
          <WhenInput
            id="log-at"
            label={log.labels.called('followup', 'contact_at', 'followups.at')}
            value={draft.at_by_hand ? draft.contact_at : now().toISOString()}
            max={now().toISOString()}
            onChange={(contact_at) => log.change({ contact_at, precision: 'minute', at_by_hand: true })}
            onLeave={() => log.leavePart('contact_at')}
          />
          <Wrong log={log} part="contact_at" />
        </div>
        <div className="field" data-part="channel">
          <span className="second">{log.labels.called('followup', 'channel', 'followups.channel')}</span>
          <ChannelRow
            options={log.labels.options('channel')}
            value={log.channel}
            onChange={(channel) => log.change({ channel })}
          />
          <Wrong log={log} part="channel" />
        </div>
      </div>
      <Attempts log={log} />
      <Content log={log} />
      <NextSteps log={log} />
      <More log={log} />
    </>
  );
}
