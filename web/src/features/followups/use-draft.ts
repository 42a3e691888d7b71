import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '@/api/client';
import { draftsOf, dropDraft, saveDraft } from '@/api/followups';
import { forget, recall, remember } from '@/lib/store';
import { now } from '@/lib/time';
import { hasContent, type LogDraft, mergeDrafts } from './draft';
import { waiting } from './queue';

const DEVICE_MS = 400;
const SERVER_MS = 5000;

interface Kept {
  key: string;
  draft: LogDraft;
}
export interface Saved {
  at: string;
  where: 'device' | 'server';
}

const shelf = (customerId: number) => `draft.${customerId}`;

/** Put a draft back on the device, to be found by the form that opens next. */
export function restoreDraft(draft: LogDraft): void {
  const kept: Kept = { key: newKey(), draft: { ...draft, saved_at: now().toISOString() } };
  remember(shelf(draft.customer_id), kept);
}

/** The draft of one customer: kept on the device after each pause and on the server every 5 s (design §7). */
export function useDraft(fresh: LogDraft) {
  const customerId = fresh.customer_id;
  const [kept] = useState(() => recall<Kept>(shelf(customerId)));
  const key = useRef(kept?.key ?? newKey());
  const [draft, setDraft] = useState(() => mergeDrafts(fresh, kept?.draft, null));
  const [saved, setSaved] = useState<Saved | null>(
    kept?.draft.saved_at && hasContent(draft) ? { at: kept.draft.saved_at, where: 'device' } : null,
  );
  const latest = useRef(draft);
  // Words brought along are as good as typed.
  const typed = useRef(Boolean(fresh.summary));
  const unsent = useRef(false);
  const closed = useRef(false);

  useEffect(() => {
    let gone = false;
    // What is on its way to the server is no draft any more, though its draft is still there.
    const leaving = waiting().map(({ body }) => ('draft_key' in body ? body.draft_key : null));
    draftsOf(customerId)
      .then(({ items }) => {
        const newest = items
          .filter((one) => !leaving.includes(one.client_key))
          .sort((one, two) => two.saved_at.localeCompare(one.saved_at))[0];
        if (gone || typed.current || !newest) return;
        const merged = mergeDrafts(fresh, latest.current, newest.body);
        const fromServer = merged.saved_at === (newest.body as LogDraft).saved_at;
        if (!fromServer || !hasContent(merged)) return;
        key.current = newest.client_key;
        latest.current = merged;
        setDraft(merged);
        setSaved({ at: newest.saved_at, where: 'server' });
      })
      // Without the server the device's draft is the draft.
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [customerId, fresh]);

  const keep = useCallback(() => {
    if (closed.current || !typed.current) return;
    const at = now().toISOString();
    latest.current = { ...latest.current, saved_at: at };
    remember(shelf(customerId), { key: key.current, draft: latest.current } satisfies Kept);
    setSaved({ at, where: 'device' });
  }, [customerId]);

  const send = useCallback(async () => {
    if (closed.current || !unsent.current || !hasContent(latest.current)) return;
    unsent.current = false;
    try {
      const answer = await saveDraft(key.current, customerId, latest.current);
      if (!closed.current) setSaved({ at: answer.saved_at, where: 'server' });
    } catch {
      unsent.current = true;
    }
  }, [customerId]);

  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useCallback(
    (patch: Partial<LogDraft> | ((old: LogDraft) => Partial<LogDraft>), quiet = false) => {
      const next = { ...latest.current, ...(typeof patch === 'function' ? patch(latest.current) : patch) };
      latest.current = next;
      setDraft(next);
      if (quiet) return;
      typed.current = true;
      unsent.current = true;
      clearTimeout(pause.current);
      pause.current = setTimeout(keep, DEVICE_MS);
    },
    [keep],
  );

  useEffect(() => {
    const timer = setInterval(() => void send(), SERVER_MS);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      clearTimeout(pause.current);
      window.removeEventListener('pagehide', keep);
      keep();
      void send();
    };
  }, [keep, send]);

  const saveNow = useCallback(async () => {
    typed.current = true;
    unsent.current = true;
    keep();
    await send();
  }, [keep, send]);

  /** The record is written: the server has dropped the draft with it, the device does so now. */
  const finish = useCallback(() => {
    closed.current = true;
    clearTimeout(pause.current);
    forget(shelf(customerId));
  }, [customerId]);

  /** Throw the draft away, here and on the server, and begin anew. */
  const discard = useCallback(() => {
    clearTimeout(pause.current);
    forget(shelf(customerId));
    if (saved?.where === 'server') void dropDraft(key.current).catch(() => {});
    key.current = newKey();
    typed.current = false;
    unsent.current = false;
    latest.current = { ...fresh, summary: '' };
    setDraft(latest.current);
    setSaved(null);
  }, [customerId, fresh, saved]);

  return { draft, change, saved, saveNow, finish, discard, key: key.current };
}
