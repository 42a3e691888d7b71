import { useLayoutEffect, useRef } from 'react';
import { typing, useKeys } from '@/app/keyboard';
import { say } from '@/lib/notify';
import { t } from '@/locales';

interface Asked {
  undo: (() => void) | null;
  redo: (() => void) | null;
  publish: (() => void) | null;
  device: () => void;
  find: () => void;
}

/** Keys of the whole designer; letters alone do nothing while somebody types, and Ctrl Z is then the text's own. */
export function useDesignerKeys(asked: Asked): void {
  const latest = useRef(asked);
  latest.current = asked;
  useKeys((key, event) => {
    if (key.toLowerCase() === 'p') latest.current.device();
    else if (key === '/') {
      event.preventDefault();
      latest.current.find();
    }
  });
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const { undo, redo, publish } = latest.current;
      const key = event.key.toLowerCase();
      if (key === 's') say(t('forms.always_saved'));
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
