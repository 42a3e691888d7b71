import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { t } from '@/locales';

/** Where nothing is lost, say when what was edited is gone: `navigate(to, { state: NOTHING_LOST })`. */
export const NOTHING_LOST = { nothingLost: true };

/** Asks before a page with unsaved changes is left, within the app or out of it; once a page. */
export function useUnsaved(dirty: boolean, question: string = t('common.leave')): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty &&
      currentLocation.pathname !== nextLocation.pathname &&
      !(nextLocation.state as Partial<typeof NOTHING_LOST> | null)?.nothingLost,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    if (window.confirm(question)) blocker.proceed();
    else blocker.reset();
  }, [blocker, question]);
}
