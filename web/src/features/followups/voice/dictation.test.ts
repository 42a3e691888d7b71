import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dictation, type Recogniser, recogniserIn, SILENT, type Voice } from './dictation';

/** A recogniser that says what it is told to. */
class Fake implements Recogniser {
  static made: Fake[] = [];
  lang = '';
  continuous = true;
  interimResults = false;
  onstart: Recogniser['onstart'] = null;
  onresult: Recogniser['onresult'] = null;
  onerror: Recogniser['onerror'] = null;
  onend: Recogniser['onend'] = null;
  start = vi.fn();
  stop = vi.fn();
  abort = vi.fn();
  constructor() {
    Fake.made.push(this);
  }
  says(...texts: string[]) {
    this.onresult?.({ results: texts.map((transcript) => [{ transcript }]) });
  }
}
const last = () => Fake.made[Fake.made.length - 1] as Fake;

let written: string[];
let voice: Voice;
let dictation: Dictation;
beforeEach(() => {
  vi.useFakeTimers();
  Fake.made = [];
  written = [];
  voice = SILENT;
  dictation = new Dictation(
    () => new Fake(),
    { write: (text) => written.push(text), changed: (now) => (voice = now) },
    { lang: 'zh-CN', joint: '，' },
  );
});
afterEach(() => void vi.useRealTimers());

describe('dictation (R-236)', () => {
  it('is there only where the browser can listen', () => {
    expect(recogniserIn({ isSecureContext: true })).toBeNull();
    expect(recogniserIn({ isSecureContext: false, SpeechRecognition: Fake })).toBeNull();
    expect(recogniserIn({ isSecureContext: true, webkitSpeechRecognition: Fake })?.()).toBeInstanceOf(Fake);
  });

  it('shows what is being said and writes it once, when the utterance has ended', () => {
    dictation.start();
    expect(voice.state).toBe('starting');
    expect([last().lang, last().continuous, last().interimResults]).toEqual(['zh-CN', false, true]);
    last().onstart?.();
    expect(voice.state).toBe('listening');
    last().says('王总问');
    last().says('王总问三号线', '能不能保留');
    expect(voice.heard).toBe('王总问三号线能不能保留');
    expect(written).toEqual([]);
    dictation.stop();
    expect([voice.state, last().stop.mock.calls.length]).toEqual(['finishing', 1]);
    last().says('王总问 3 号线能不能保留');
    last().onend?.();
    expect(written).toEqual(['王总问 3 号线能不能保留']);
    expect(voice).toEqual(SILENT);
  });

  it('goes on after a pause until it is stopped; the pause becomes a comma', () => {
    dictation.start();
    last().onstart?.();
    last().says('今天看了方案');
    last().onend?.();
    expect(Fake.made).toHaveLength(2);
    expect(voice).toMatchObject({ state: 'listening', heard: '' });
    last().says('价格要再谈');
    dictation.stop();
    last().onend?.();
    expect(written).toEqual(['今天看了方案', '，价格要再谈']);
    expect(Fake.made).toHaveLength(2);
  });

  it('says why it could not hear, and can be tried again', () => {
    for (const [error, why] of [
      ['not-allowed', 'denied'],
      ['audio-capture', 'no_microphone'],
      ['network', 'network'],
      ['language-not-supported', 'language'],
      ['no-speech', 'nothing'],
      ['bad-grammar', 'failed'],
    ] as const) {
      dictation.start();
      expect(voice.error).toBeNull();
      last().onerror?.({ error });
      last().onend?.();
      expect(voice).toEqual({ state: 'idle', heard: '', error: why });
    }
    expect(written).toEqual([]);
  });

  it('takes silence after words for the end, and silence alone for nothing heard', () => {
    dictation.start();
    last().says('好');
    last().onend?.();
    last().onerror?.({ error: 'no-speech' });
    last().onend?.();
    expect([written, voice]).toEqual([['好'], SILENT]);
    dictation.start();
    dictation.stop();
    last().onend?.();
    expect(voice.error).toBe('nothing');
  });

  it('keeps what was heard when the line breaks', () => {
    dictation.start();
    last().says('预算 80 万');
    last().onerror?.({ error: 'network' });
    last().onend?.();
    expect([written, voice.error]).toEqual([['预算 80 万'], 'network']);
  });

  it('does not wait for a browser that never ends', () => {
    dictation.start();
    last().says('报价 86 万');
    dictation.stop();
    vi.advanceTimersByTime(3000);
    expect([written, voice.state, last().abort.mock.calls.length]).toEqual([['报价 86 万'], 'idle', 1]);
  });

  it('writes nothing more when the form is left', () => {
    dictation.start();
    last().says('半句');
    const { onend } = last();
    dictation.leave();
    onend?.();
    expect([written, last().onresult, last().onend]).toEqual([[], null, null]);
  });

  it('survives a recogniser that refuses to start', () => {
    const broken = new Dictation(
      () =>
        Object.assign(new Fake(), {
          start: () => {
            throw new Error('busy');
          },
        }),
      { write: (text) => written.push(text), changed: (now) => (voice = now) },
      { lang: 'zh-CN', joint: '，' },
    );
    broken.start();
    expect([voice.state, voice.error]).toEqual(['idle', 'failed']);
  });
});
