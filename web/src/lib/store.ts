/** Device storage that never throws: private windows and full disks only forget, which gives false. */
export function remember(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(`genjin.${key}`, JSON.stringify(value));
    return true;
  } catch {
    // A device that cannot store still works; the server keeps what matters.
    return false;
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
