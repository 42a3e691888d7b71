import { Mic, Square } from 'lucide-react';
import { useRef } from 'react';
import { t } from '@/locales';
import type { VoiceIn } from './use-voice';
import './voice.css';

/** Shorter than this it was a tap, which goes on listening until the next one. */
const TAP_MS = 350;

/** Press and hold to speak, or tap to begin and tap to end. */
export function VoiceButton({ voice: { voice, start, stop } }: { voice: VoiceIn }) {
  const pressed = useRef(0);
  const on = voice.state !== 'idle';
  const Icon = on ? Square : Mic;
  return (
    <button
      type="button"
      className="voice-button"
      aria-pressed={on}
      aria-label={t(on ? 'followups.voice_end' : 'followups.voice')}
      title={t('followups.voice_tip')}
      // The field keeps its caret, and a long press brings up no menu.
      onMouseDown={(event) => event.preventDefault()}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = on ? 0 : Date.now();
        if (on) stop();
        else start();
      }}
      onPointerUp={() => pressed.current && Date.now() - pressed.current > TAP_MS && stop()}
      onPointerCancel={stop}
      onKeyDown={(event) => {
        if (event.repeat || (event.key !== 'Enter' && event.key !== ' ') || event.ctrlKey || event.metaKey)
          return;
        event.preventDefault();
        if (on) stop();
        else start();
      }}
    >
      <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
      {t(on ? 'followups.voice_end' : 'followups.voice')}
    </button>
  );
}

/** What is heard, or why nothing could be. */
export function VoiceLine({ voice: { voice } }: { voice: VoiceIn }) {
  if (voice.error) {
    return (
      <p className="field-wrong voice-wrong" role="alert">
        {t(`followups.voice_${voice.error}`)}
      </p>
    );
  }
  if (voice.state === 'idle') return null;
  return (
    <p className="voice-line" role="status">
      <span className="voice-dot" data-state={voice.state} aria-hidden="true" />
      {voice.heard ? <span>{voice.heard}</span> : <span>{t(`followups.voice_${voice.state}`)}</span>}
      <span className="meta">{t('followups.voice_note')}</span>
    </p>
  );
}
