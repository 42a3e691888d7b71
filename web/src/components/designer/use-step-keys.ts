import { useLayoutEffect, useRef } from 'react';
import { typing } from '@/app/keyboard';
import { say } from '@/lib/notify';
import { t } from '@/locales';

interface Asked {
  undo: (() => void) | null;
  redo: (() => void) | null;
  publish: (() => void) | null;
}

/** Ctrl with Z, Y, S and Enter over whatever is shaped; while somebody types, Ctrl Z is the text's own. */
export function useStepKeys(asked: Asked): void {
  const latest = useRef(asked);
  latest.current = asked;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const { undo, redo, publish } = latest.current;
      const key = event.key.toLowerCase();
      if (key === 's') say(t('designer.always_saved'));
      else if (key === 'enter') publish?.();
      else if (key === 'z' && !typing(event.target)) (event.shiftKey ? redo : undo)?.();
      else if (key === 'y' && !typing(event.target)) redo?.();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
