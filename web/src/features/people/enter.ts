import { keys, queryClient } from '@/api/queries';
import type { Session } from '@/api/types';
import { setLocale, setTheme } from '@/app/preferences';

/** After a login: nothing of the person before remains, then the choices of this one apply. */
export async function enter(session: Session): Promise<void> {
  queryClient.clear();
  queryClient.setQueryData(keys.session, session);
  if (session.member.theme) setTheme(session.member.theme);
  if (session.member.locale) await setLocale(session.member.locale);
}

/** Only a path of this site may follow a login. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/today';
}
