import { useEffect, useMemo, useRef, useState } from 'react';
import { locale } from '@/locales';
import { Dictation, recogniserIn, SILENT } from './dictation';

/** Speaking into a field; null where the browser cannot listen. */
export function useVoice(write: (text: string) => void) {
  const latest = useRef(write);
  latest.current = write;
  const [voice, setVoice] = useState(SILENT);
  const dictation = useMemo(() => {
    const make = recogniserIn(window as never);
    if (!make) return null;
    const zh = locale() === 'zh-CN';
    const told = { write: (text: string) => latest.current(text), changed: setVoice };
    return new Dictation(make, told, { lang: locale(), joint: zh ? '，' : ', ' });
  }, []);
  useEffect(() => {
    const hidden = () => document.hidden && dictation?.stop();
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      dictation?.leave();
    };
  }, [dictation]);
  return dictation ? { voice, start: () => dictation.start(), stop: () => dictation.stop() } : null;
}

export type VoiceIn = NonNullable<ReturnType<typeof useVoice>>;
