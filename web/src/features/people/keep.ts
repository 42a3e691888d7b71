import { api } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import type { Session, ThemeChoice } from '@/api/types';
import type { Locale } from '@/locales';

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
}): Promise<void> {
  await api.patch('/session/me', change);
  queryClient.setQueryData<Session>(
    keys.session,
    (old) => old && { ...old, member: { ...old.member, ...change } },
  );
}
