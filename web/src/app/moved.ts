/** The key under which other windows of this browser learn that the session has moved. */
export const MOVED = 'moved';

/** Other windows show the former team until they begin anew. */
export function watchTeams(): () => void {
  const moved = (event: StorageEvent) => {
    if (event.key === `genjin.${MOVED}`) window.location.assign('/today');
  };
  window.addEventListener('storage', moved);
  return () => window.removeEventListener('storage', moved);
}
