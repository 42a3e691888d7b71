import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '@/api/client';
import { PLAYBOOKS, type Playbook, publishPlaybook, refreshPlaybooks } from '@/api/playbooks';
import { useMe } from '@/app/session';
import { begin, type History, redone, stepped, undone } from '@/lib/history';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { changesOf } from './changes';
import { type Draft, draftOf } from './draft';
import { dropDraft, type Kept, keepDraft, keptDraft } from './keep';

type Base = Kept['base'];
const baseOf = ({ document, version }: Playbook): Base => ({ ...document, version });
const KEEP_MS = 400;

/** The draft on this device, kept a moment after each change; false where the device keeps nothing. */
function useKeeping(base: Base, history: History<Draft>, dirty: boolean): boolean {
  const { org, member } = useMe();
  const [stored, setStored] = useState(true);
  const keep = useRef(() => {});
  keep.current = () => {
    if (dirty || history.past.length) setStored(keepDraft(org.id, member.id, base.key, { base, history }));
    else dropDraft(org.id, member.id, base.key);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: kept whenever the draft changes
  useEffect(() => {
    const timer = setTimeout(() => keep.current(), KEEP_MS);
    return () => clearTimeout(timer);
  }, [history, base, dirty]);
  useEffect(() => {
    const now = () => keep.current();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      now();
    };
  }, []);
  return stored;
}

/** A process while it is shaped: the draft with its steps, what it changes, and publishing it. */
export function useShaping(latest: Playbook) {
  const { org, member } = useMe();
  const client = useQueryClient();
  const [kept] = useState(() => keptDraft(org.id, member.id, latest.document.key));
  const [base, setBase] = useState<Base>(() => kept?.base ?? baseOf(latest));
  const [history, setHistory] = useState<History<Draft>>(
    () => kept?.history ?? begin(draftOf(latest.document)),
  );
  const [selected, select] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Playbook | null>(null);
  const draft = history.now;
  const was = useMemo(() => draftOf(base), [base]);
  const changes = useMemo(() => changesOf(was, draft), [was, draft]);
  const dirty = changes.length > 0;
  const stored = useKeeping(base, history, dirty);

  const start = (fresh: Playbook) => {
    setBase(baseOf(fresh));
    setHistory(begin(draftOf(fresh.document)));
    setTheirs(null);
  };
  // Somebody else has published: without changes his process is taken over, else it is asked whose goes on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a version
  useEffect(() => {
    if (latest.version <= base.version) return;
    if (dirty) setTheirs(latest);
    else start(latest);
  }, [latest.version, base.version]);

  /** Publishes the draft; a refusal is thrown and leaves it as it is. */
  const publish = async (why: string): Promise<void> => {
    const { document, mapping } = draft;
    try {
      const done = await publishPlaybook(base.key, { version: base.version, document, mapping, why });
      await refreshPlaybooks();
      const fresh = client.getQueryData<Playbook>([...PLAYBOOKS, base.key]);
      if (fresh) start(fresh);
      say(t('playbook.published', { n: done.version }));
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 409) {
        await client.invalidateQueries({ queryKey: [...PLAYBOOKS, base.key] });
        const fresh = client.getQueryData<Playbook>([...PLAYBOOKS, base.key]);
        if (fresh && fresh.version > base.version) {
          setTheirs(fresh);
          return;
        }
      }
      throw failure;
    }
  };
  const undoLast = () => setHistory(undone);
  return {
    latest,
    base,
    draft,
    was,
    changes,
    dirty,
    stored,
    selected,
    select,
    theirs,
    change: (next: Draft, tag = '') => setHistory((old) => stepped(old, next, tag)),
    publish,
    start,
    /** My draft over what was published meanwhile. */
    layOver: (fresh: Playbook) => {
      setBase(baseOf(fresh));
      setTheirs(null);
    },
    letTheirsWait: () => setTheirs(null),
    undo: history.past.length ? undoLast : null,
    redo: history.future.length ? () => setHistory(redone) : null,
    undoLast,
  };
}
export type Shaping = ReturnType<typeof useShaping>;
