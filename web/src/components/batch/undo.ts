import { type Undone, undoBatch } from '@/api/batches';
import { queryClient, refreshWork } from '@/api/queries';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';

export const BATCHES = ['batches'] as const;

/** What came back, what stays as somebody changed it since, and what was written since. */
export function undoneSentence(done: Undone): string {
  const { customer } = done.counts;
  const removed = Object.values(done.removed).reduce((sum, n) => sum + n, 0);
  const back = customer ? t('batch.undone_customers', { n: customer }) : t('batch.undone', { n: done.back });
  const parts = removed ? [t('batch.removed', { n: removed })] : [back];
  const first = done.stay[0];
  if (first) parts.push(t('batch.stay', { n: done.stays, name: first.name, why: words(first) }));
  const since = Object.values(done.since).reduce((sum, n) => sum + n, 0);
  if (since) parts.push(t('batch.since', { n: since }));
  return parts.join(t('batch.and'));
}

/** Take a batch back and say how it went. */
export async function takeBack(batch: string): Promise<Undone | null> {
  try {
    const done = await undoBatch(batch);
    say(undoneSentence(done), done.stays ? 'error' : 'ok');
    return done;
  } catch (failure) {
    sayFailure(failure);
    return null;
  } finally {
    refreshWork();
    void queryClient.invalidateQueries({ queryKey: ['customers'] });
    void queryClient.invalidateQueries({ queryKey: BATCHES });
  }
}

/** The sentence of what was done, with 撤销 beside it; `after` for what else must be read again then. */
export function sayWithUndo(text: string, batch: string, after?: () => unknown): void {
  void queryClient.invalidateQueries({ queryKey: BATCHES });
  say(text, 'ok', { label: t('common.undo'), run: () => void takeBack(batch).then(after) });
}
