import { createContext, useContext } from 'react';
import type { Session } from '@/api/types';

export const SessionContext = createContext<Session | null>(null);

/** Who is working; only inside the shell. */
export function useMe(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useMe outside the shell');
  return session;
}

/** Whoever sells has customers of their own; others come to look after a team. */
export function useSells(): boolean {
  return useMe().member.roles.includes('rep');
}

/** Whether the member holds a verb, e.g. `customer.create`. Buttons hide; the server decides. */
export function useCan(verb: string): boolean {
  return useMe().verbs.includes(verb);
}
