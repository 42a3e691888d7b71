import { useRef } from 'react';
import { useKeys } from '@/app/keyboard';
import { useStepKeys } from '@/components/designer/use-step-keys';

interface Asked {
  undo: (() => void) | null;
  redo: (() => void) | null;
  publish: (() => void) | null;
  device: () => void;
  find: () => void;
}

/** Keys of the whole designer; letters alone do nothing while somebody types. */
export function useDesignerKeys(asked: Asked): void {
  const latest = useRef(asked);
  latest.current = asked;
  useStepKeys(asked);
  useKeys((key, event) => {
    if (key.toLowerCase() === 'p') latest.current.device();
    else if (key === '/') {
      event.preventDefault();
      latest.current.find();
    }
  });
}
