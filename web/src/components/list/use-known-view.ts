import { useEffect } from 'react';
import { useViews } from '@/api/queries';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { useKind } from './kind';
import type { ListState } from './list-state';

/** A view in an address that is gone: the list says so and opens another. */
export function useKnownView(state: ListState) {
  const items = useViews(useKind()).data?.items;
  const { view, set } = state;
  const gone = items !== undefined && /^\d+$/.test(view) && !items.some((one) => one.key === view);
  useEffect(() => {
    const first = items?.[0];
    if (!gone || !first) return;
    say(t('views.gone'), 'error');
    set({ view: first.key });
  });
}
