/** What is used of the browser's SpeechRecognition. */
export interface Recogniser {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onstart: (() => void) | null;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

export type VoiceState = 'idle' | 'starting' | 'listening' | 'finishing';
export type VoiceError = 'denied' | 'no_microphone' | 'nothing' | 'network' | 'language' | 'failed';
export interface Voice {
  state: VoiceState;
  /** What is being said, not yet in the field. */
  heard: string;
  error: VoiceError | null;
}
export const SILENT: Voice = { state: 'idle', heard: '', error: null };

const ERRORS: Record<string, VoiceError> = {
  'not-allowed': 'denied',
  'service-not-allowed': 'denied',
  'audio-capture': 'no_microphone',
  'no-speech': 'nothing',
  network: 'network',
  'language-not-supported': 'language',
};
/** A browser that never says it has ended is not waited for. */
const PATIENCE_MS = 3000;

type Scope = { isSecureContext?: boolean; [name: string]: unknown };

/** The browser's recogniser; null where there is none or where it may not listen (plain http). */
export function recogniserIn(scope: Scope): (() => Recogniser) | null {
  const Made = (scope.SpeechRecognition ?? scope.webkitSpeechRecognition) as
    | (new () => Recogniser)
    | undefined;
  return Made && scope.isSecureContext ? () => new Made() : null;
}

/**
 * Speaking into a field: one utterance after the other until `stop`. Each goes into the field when it
 * has ended, since only then do all browsers agree on what was said; a pause becomes `joint`.
 */
export class Dictation {
  private voice: Voice = SILENT;
  private now: Recogniser | null = null;
  private wanted = false;
  private spoke = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly make: () => Recogniser,
    private readonly told: { write: (text: string) => void; changed: (voice: Voice) => void },
    private readonly tongue: { lang: string; joint: string },
  ) {}

  start(): void {
    if (this.voice.state !== 'idle') return;
    this.wanted = true;
    this.spoke = false;
    this.show({ state: 'starting', heard: '', error: null });
    this.listen();
  }

  /** Say no more: what was said last still comes. */
  stop(): void {
    if (!this.now || this.voice.state === 'finishing') return;
    this.wanted = false;
    this.show({ state: 'finishing' });
    this.now.stop();
    this.timer = setTimeout(() => this.ended(), PATIENCE_MS);
  }

  /** Leave at once and write nothing more. */
  leave(): void {
    this.wanted = false;
    this.letGo();
    this.voice = SILENT;
  }

  private listen(): void {
    const recogniser = this.make();
    recogniser.lang = this.tongue.lang;
    recogniser.continuous = false;
    recogniser.interimResults = true;
    recogniser.onstart = () => this.voice.state === 'starting' && this.show({ state: 'listening' });
    recogniser.onresult = ({ results }) =>
      this.show({ heard: Array.from(results, (one) => one[0]?.transcript ?? '').join('') });
    recogniser.onerror = ({ error }) => this.failed(error);
    recogniser.onend = () => this.ended();
    this.now = recogniser;
    try {
      recogniser.start();
    } catch {
      this.failed('start');
      this.ended();
    }
  }

  private failed(error: string): void {
    this.wanted = false;
    // Silence after something was said is the end, not a fault.
    if (error === 'aborted' || (error === 'no-speech' && (this.spoke || this.voice.heard))) return;
    this.show({ error: ERRORS[error] ?? 'failed' });
  }

  private ended(): void {
    this.letGo();
    const text = this.voice.heard.trim();
    if (text) {
      this.told.write((this.spoke ? this.tongue.joint : '') + text);
      this.spoke = true;
    }
    const { error } = this.voice;
    if (this.wanted && text) {
      this.show({ heard: '' });
      this.listen();
      return;
    }
    this.wanted = false;
    this.show({ state: 'idle', heard: '', error: error ?? (this.spoke ? null : 'nothing') });
  }

  private letGo(): void {
    clearTimeout(this.timer);
    const { now } = this;
    this.now = null;
    if (!now) return;
    now.onstart = null;
    now.onresult = null;
    now.onerror = null;
    now.onend = null;
    now.abort();
  }

  private show(part: Partial<Voice>): void {
    this.voice = { ...this.voice, ...part };
    this.told.changed(this.voice);
  }
}
