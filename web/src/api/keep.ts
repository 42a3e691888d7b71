import type { Locale } from '@/locales';
import { api } from './client';
import { keys, queryClient } from './queries';
import type { Session, ThemeChoice } from './types';

/** Store a choice with the member; the screen has already changed. */
export async function keep(change: {
  name?: string;
  locale?: Locale;
  theme?: ThemeChoice;
  timezone?: string | null;
  muted?: string[];
  mailed?: string[];
  quiet_from?: string | null;
  quiet_to?: string | null;
  guided?: boolean;
}): Promise<void> {
  await api.patch('/session/me', change);
  queryClient.setQueryData<Session>(
    keys.session,
    (old) => old && { ...old, member: { ...old.member, ...change } },
  );
}
