import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '@/api/client';
import { DESIGNS, type Design, refreshDesigns } from '@/api/designs';
import { useMe } from '@/app/session';
import { begin, everywhere, type History, redone, stepped, undone } from '@/lib/history';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { changesOf, rebased } from './changes';
import { type Draft, draftOf, type ListDraft } from './draft';
import { dropDraft, type Kept, keepDraft, keptDraft } from './keep';
import { putBack, setList, settled } from './lists';
import { ListRefused, send, unready } from './publishing';
import { listRefusals, NONE, type Refusals, refusalsOf } from './refusals';

export type Document = Kept['base'];
const KEEP_MS = 400;

let drawn = 0;
/** A name on the screen for what the server has not named yet; a field's looks like a key, so that forms and
 *  conditions take it for one of the team's. */
export function newUid(of: 'f' | 'o' | 'rule'): string {
  drawn += 1;
  if (of === 'f') return `cf_${Date.now()}${drawn}`;
  return `${of}:${Date.now().toString(36)}-${drawn}`;
}

/** The draft on this device, kept a moment after each change; false where the device keeps nothing. */
function useKeeping(type: string, base: Document, history: History<Draft>, dirty: boolean): boolean {
  const { org, member } = useMe();
  const [stored, setStored] = useState(true);
  const keep = useRef(() => {});
  keep.current = () => {
    const { version, fields, groups, rules, next_key, type: own } = base;
    const kept = { base: { version, fields, groups, rules, next_key, type: own }, history };
    if (dirty || history.past.length) setStored(keepDraft(org.id, member.id, type, kept));
    else dropDraft(org.id, member.id, type);
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

/** A form while it is shaped: the draft with its steps, what it changes, and publishing it. */
export function useDesigner(latest: Design) {
  const type = latest.record_type;
  const { org, member } = useMe();
  const client = useQueryClient();
  const labels = useLabels();
  const auto = (key: string) => labels.field(type, key)?.read_only ?? false;
  const [kept] = useState(() => keptDraft(org.id, member.id, type));
  const [base, setBase] = useState<Document>(kept?.base ?? latest);
  const [history, setHistory] = useState<History<Draft>>(() => kept?.history ?? begin(draftOf(latest, auto)));
  const [selected, select] = useState<string | null>(null);
  const [refusals, setRefusals] = useState<Refusals>(NONE);
  const [theirs, setTheirs] = useState<Design | null>(null);
  const [busy, setBusy] = useState(false);
  const draft = history.now;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `auto` says the same while the labels do
  const was = useMemo(() => draftOf(base, auto), [base, labels]);
  const changes = useMemo(() => changesOf(was, draft), [was, draft]);
  const dirty = changes.length > 0;
  const stored = useKeeping(type, base, history, dirty);

  const start = (fresh: Design, next = draftOf(fresh, auto)) => {
    setBase(fresh);
    setHistory(begin(next));
    setRefusals(NONE);
    setTheirs(null);
  };
  // Somebody else has published: without changes his form is taken over, else he is asked for both.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a version
  useEffect(() => {
    if (latest.version <= base.version) return;
    if (dirty) setTheirs(latest);
    else start(latest);
  }, [latest.version, base.version]);

  const change = (next: Draft, tag = '') => {
    setHistory((old) => stepped(old, next, tag));
    setRefusals(NONE);
  };
  /** A saved list stays saved in each state that can be undone to. */
  const saved = (name: string, list: ListDraft) =>
    setHistory((old) =>
      everywhere({ ...old, now: setList(old.now, name, list) }, (one) => settled(one, name, list)),
    );
  const show = (found: Refusals, now: Draft) => {
    setRefusals(found);
    const first = [...now.fields, ...now.rules].find((one) => found.at[one.uid]);
    if (first) select(first.uid);
  };
  const refused = (failure: unknown) => {
    if (failure instanceof ListRefused) {
      const { list: name, draft: now } = failure;
      const key = failure.failure instanceof ApiError ? failure.failure.extra.key : null;
      const list = now.lists[name];
      if (list && typeof key === 'string')
        setHistory((old) => stepped(old, setList(old.now, name, putBack(list, key))));
      show(listRefusals(failure.failure, now, name), now);
    } else if (failure instanceof ApiError && failure.code === 'conflict')
      setTheirs(failure.extra.theirs as Design);
    else show(refusalsOf(failure, draft), draft);
  };
  /** What stops it before the server is asked; null: nothing. */
  const ready = (): boolean => {
    const early = unready(draft, was);
    if (early) show(early, draft);
    return early === null;
  };
  /** Publishes the draft, or what is to stand in its place; every refusal leaves it as it is. */
  const publish = async (why: string, now: Draft = draft): Promise<void> => {
    const early = unready(now, was);
    if (early) return show(early, now);
    setBusy(true);
    try {
      const done = await send({ type, base, was, draft: now, why }, saved);
      await refreshDesigns();
      const fresh = client.getQueryData<Design>([...DESIGNS, type]);
      if (fresh) start(fresh);
      say(
        done ? t('designer.published', { n: done.version, what: words(done.said) }) : t('forms.lists_saved'),
      );
    } catch (failure) {
      refused(failure);
    }
    setBusy(false);
  };
  const undoLast = () => setHistory(undone);

  return {
    type,
    links: latest.links,
    base,
    draft,
    was,
    changes,
    dirty,
    stored,
    busy,
    selected,
    select,
    refusals,
    theirs,
    change,
    publish,
    ready,
    refuse: (found: Refusals) => show(found, draft),
    start,
    /** My changes over the form that was published meanwhile. */
    layOver: (fresh: Design) => start(fresh, rebased(was, draft, draftOf(fresh, auto))),
    letTheirsWait: () => setTheirs(null),
    undo: history.past.length ? undoLast : null,
    redo: history.future.length ? () => setHistory(redone) : null,
    /** For a notice that outlives the drawing. */
    undoLast,
  };
}
export type Designer = ReturnType<typeof useDesigner>;
