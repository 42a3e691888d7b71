import { useLayoutEffect, useRef } from 'react';
import { undoLast } from '@/lib/undo';

/** Keys do nothing while somebody types, or when a dialog lies over the screen. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || Boolean(target.closest('input, textarea, select, [role="dialog"]'));
}

/** Calls `handler` for single keys outside inputs and dialogs; modifiers are left to the browser. */
export function useKeys(handler: (key: string, event: KeyboardEvent) => void): void {
  const latest = useRef(handler);
  latest.current = handler;
  // Before the screen is painted: what can be seen must already listen.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
        return;
      if (
        typing(event.target) ||
        document.querySelector('.ant-drawer-open, .ant-modal-wrap:not([style*="none"])')
      )
        return;
      latest.current(event.key, event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Ctrl/⌘ K anywhere, ? for the list of keys, Z to take back the last thing done. */
export function useGlobalKeys({ palette, help }: { palette: () => void; help: () => void }): void {
  const open = useRef(palette);
  open.current = palette;
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open.current();
      }
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  useKeys((key) => {
    if (key === '?') help();
    if (key.toLowerCase() === 'z') undoLast();
  });
}
