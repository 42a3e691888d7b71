/** Device storage that never throws: private windows and full disks only forget. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`genjin.${key}`, JSON.stringify(value));
  } catch {
    // A device that cannot store still works; the server keeps what matters.
  }
}

export function recall<T>(key: string): T | null {
  try {
    const raw = localStorage.getItem(`genjin.${key}`);
    return raw === null ? null : (JSON.parse(raw) as T);
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`genjin.${key}`);
  } catch {
    // Nothing was stored.
  }
}
