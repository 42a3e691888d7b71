import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, sentenceOf } from '@/api/client';
import { applyPack, type PackChange, refreshAll, type Source, useOwnPack, usePreview } from '@/api/packs';
import { say } from '@/lib/notify';
import { useSettled } from '@/lib/settled';
import { t } from '@/locales';
import { joined, refusedAt, sectionsOf, setLeft } from './changes';
import type { Moves } from './MoveNodes';

const NONE: readonly PackChange[] = [];
const NOTHING: readonly string[] = [];

/** Why the pack was not applied, and the changes that this may be about. */
export interface Refused {
  sentence: string;
  at: ReadonlySet<string>;
}

/** The preview of one pack: its changes, those taken out, and applying the rest. */
export function usePack(source: Source, name: string) {
  const navigate = useNavigate();
  const [left, setOut] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const leave = useMemo(() => [...left].sort(), [left]);
  const settled = useSettled(leave);
  const whole = usePreview(source, NOTHING);
  const now = usePreview(source, settled);
  const own = useOwnPack(now.data?.version);
  /** What is drawn is what would be applied. */
  const asking = now.isFetching || settled !== leave;
  const changes = useMemo(
    () => joined(whole.data?.changes ?? NONE, ((!asking && now.data) || whole.data)?.changes ?? NONE, left),
    [whole.data, now.data, left, asking],
  );
  const sections = useMemo(() => sectionsOf(changes), [changes]);
  const again = () => Promise.all([whole.refetch(), now.refetch()]);

  const leaveOut = (some: readonly PackChange[], out: boolean) => {
    setRefused(null);
    setOut(setLeft(left, some, out));
  };
  const apply = async (why: string, moves: Moves): Promise<void> => {
    if (!now.data) return;
    setBusy(true);
    setRefused(null);
    try {
      const done = await applyPack(source.body, now.data.version, leave, moves, why);
      say(t('packs.applied', { name, n: done.changes }));
      await navigate('/manage/packs');
      await refreshAll();
      return;
    } catch (failure) {
      const at = failure instanceof ApiError ? refusedAt(failure.field, changes) : NONE;
      const stale = failure instanceof ApiError && failure.code === 'conflict';
      if (stale) await again();
      setRefused({
        sentence: stale ? t('packs.stale') : t('packs.refused', { why: sentenceOf(failure) }),
        at: new Set(at.map((one) => one.id)),
      });
    }
    setBusy(false);
  };
  return { whole, now, own, changes, sections, left, leaveOut, asking, busy, refused, apply, again };
}
export type PackDraft = ReturnType<typeof usePack>;
