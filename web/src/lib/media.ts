import { useSyncExternalStore } from 'react';

/** Follows a media query, e.g. `(max-width: 767px)`. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Which name the key beside the space bar has; nothing else may follow from the machine. */
export const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Below 768 px the screens are the phone's. Width decides, never the user agent. */
export const usePhone = (): boolean => useMedia('(max-width: 767px)');
