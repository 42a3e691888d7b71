import { PhoneMissed } from 'lucide-react';
import { ApiError, newKey, OfflineError } from '@/api/client';
import { submitAttempt } from '@/api/followups';
import { refreshWork } from '@/api/queries';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen, instantOf, now, wallOf } from '@/lib/time';
import { doWithUndo, UNDO_SECONDS } from '@/lib/undo';
import { t } from '@/locales';
import { enqueue, type Waiting, withdraw } from './queue';
import type { Log } from './use-log';

/** Ten o'clock on the next working day: when an unanswered call is tried again. */
export function nextTry(from: Date): string {
  const wall = wallOf(from);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
  return instantOf({
    year: day.getUTCFullYear(),
    month: day.getUTCMonth() + 1,
    day: day.getUTCDate(),
    hour: 10,
    minute: 0,
  });
}

/** One tap for a contact that did not come about: 未接通, 已发资料, 加微信未通过, 对方忙. */
export function Attempts({ log }: { log: Log }) {
  const kinds = log.labels.options('attempt_kind');
  if (!kinds.length) return null;
  const record = (kind: string, name: string) => {
    const key = newKey();
    const body = {
      customer_id: log.start.customerId,
      contact_id: log.contactId,
      channel: kind === 'wechat_pending' ? 'wechat' : log.channel,
      kind,
      next_try_at: nextTry(now()),
    };
    // It waits on this device from the first moment: a page that goes away takes nothing with it.
    const item: Waiting = {
      key,
      what: 'attempt',
      body,
      customer: log.page?.customer.name ?? '',
      at: now().toISOString(),
    };
    enqueue({ ...item, held: Date.now() + (UNDO_SECONDS + 2) * 1000 });
    const commit = async () => {
      try {
        const answer = await submitAttempt(body, key);
        withdraw(key);
        refreshWork(body.customer_id);
        if (answer.suggestion) say(words(answer.suggestion));
      } catch (failure) {
        if (!(failure instanceof OfflineError)) throw failure;
        enqueue(item);
        say(t('followups.kept'));
      }
    };
    const text = t('followups.attempt_done', { kind: name, when: formatWhen(body.next_try_at) });
    doWithUndo({ key: `attempt-${key}`, text, commit, revert: () => withdraw(key) }, (failure) => {
      if (failure instanceof ApiError) say(failure.message, 'error');
      else sayFailure(failure);
    });
    log.leave();
  };
  return (
    <div className="attempts">
      <span className="meta">
        <PhoneMissed size={14} strokeWidth={1.6} aria-hidden="true" /> {t('followups.attempts')}
      </span>
      {kinds.map((kind) => (
        <button
          type="button"
          key={kind.key}
          title={t('followups.attempt_tip')}
          onClick={() => record(kind.key, words(kind))}
        >
          {words(kind)}
        </button>
      ))}
    </div>
  );
}
