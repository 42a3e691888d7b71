import { useEffect, useRef } from 'react';
import type { Listed, Queue, QueueItem } from '@/api/approvals';
import { ClassBadge } from '@/components/ClassBadge';
import { ScoreRing } from '@/components/ScoreRing';
import { shortFirm } from '@/lib/names';
import { formatWhen, now } from '@/lib/time';
import { t } from '@/locales';
import { commented, type Draft } from './comments';

/** `拖了 17 小时`: how long it waits beyond its time, or how late it was written. */
export function delayOf(item: QueueItem): string {
  if (item.due_at && new Date(item.due_at) < now()) {
    const hours = Math.floor((now().getTime() - new Date(item.due_at).getTime()) / 3_600_000);
    return hours >= 24
      ? t('reviews.waits_days', { n: Math.floor(hours / 24) })
      : t('reviews.waits_hours', { n: Math.max(1, hours) });
  }
  if (item.record?.late) {
    const away = new Date(item.record.entered_at).getTime() - new Date(item.record.contact_at).getTime();
    return t('reviews.late_days', { n: Math.max(1, Math.round(away / 86_400_000)) });
  }
  return '';
}

function Row({
  item,
  chosen,
  choose,
  draft,
}: {
  item: QueueItem;
  chosen: boolean;
  choose: () => void;
  draft: Draft;
}) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const name = item.customer ? shortFirm(item.customer.name) : item.title;
  const delay = delayOf(item);
  const written = commented(draft).length;
  return (
    <li>
      <button ref={row} type="button" className="plain queue-row" aria-current={chosen} onClick={choose}>
        <span className="queue-line">
          <b className="cut" title={item.customer?.name ?? item.title}>
            {name}
          </b>
          <ClassBadge value={item.customer?.intent_class} />
          {item.record?.score === null || item.record?.score === undefined ? null : (
            <span className="queue-score" data-level={level(item.record.score)}>
              <ScoreRing score={item.record.score} size={18} />
              {item.record.score}
            </span>
          )}
        </span>
        <span className="queue-line meta">
          <span className="cut">
            {[item.author?.name, formatWhen(item.asked_at)].filter(Boolean).join(' · ')}
          </span>
          {written ? <span className="pine">{t('reviews.comments', { n: written })}</span> : null}
          {delay ? <span className="amber">{delay}</span> : null}
        </span>
      </button>
    </li>
  );
}

export function level(score: number): 'good' | 'fair' | 'poor' {
  if (score >= 80) return 'good';
  return score >= 60 ? 'fair' : 'poor';
}

/** The left column: oldest first, and what has been done today. */
export function QueueList({
  queue,
  rows,
  which,
  chosen,
  choose,
  draftOf,
}: {
  queue: Queue;
  rows: QueueItem[];
  which: Listed;
  chosen: number | null;
  choose: (id: number) => void;
  draftOf: (id: number) => Draft;
}) {
  const { passed, returned } = queue.today;
  return (
    <nav className="queue" aria-label={t(`reviews.tab_${which}`)}>
      <ul>
        {rows.map((item) => (
          <Row
            key={item.id}
            item={item}
            chosen={item.id === chosen}
            choose={() => choose(item.id)}
            draft={draftOf(item.id)}
          />
        ))}
      </ul>
      {passed + returned > 0 ? (
        <p className="meta queue-today">{t('reviews.today', { n: passed + returned, passed, returned })}</p>
      ) : null}
    </nav>
  );
}
