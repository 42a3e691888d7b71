import { Button } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Counts, Listed, Queue, QueueItem, Which } from '@/api/approvals';
import { useKeys } from '@/app/keyboard';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { useMedia, usePhone } from '@/lib/media';
import { sayFailure } from '@/lib/notify';
import { useHidden } from '@/lib/undo';
import { t } from '@/locales';
import { BatchFiles } from './BatchFiles';
import { FilePane } from './FilePane';
import { PeerPane } from './PeerPane';
import { QueueList } from './QueueList';
import { RequestsPage } from './RequestsPage';
import { ReturnedList } from './ReturnedList';
import { ReviewPane } from './ReviewPane';
import { keyOf, passMany, refreshReviews, useCounts, useDrafts, useQueue } from './use-reviews';
import './review.css';
import './queue.css';
import './mend.css';

const ALL: Which[] = ['records', 'files', 'peers', 'returned', 'requests'];

function useWhich(): [Which, (which: Which) => void] {
  const [params, setParams] = useSearchParams();
  const reviews = useCan('approval.pass');
  const asked = params.get('which') as Which | null;
  const which = asked && ALL.includes(asked) ? asked : reviews ? 'records' : 'returned';
  return [which, (next) => setParams({ which: next }, { replace: true })];
}

function Tabs({
  which,
  setWhich,
  counts,
  decided,
}: {
  which: Which;
  setWhich: (w: Which) => void;
  counts?: Counts;
  /** So many of this list have a verdict that can still be undone. */
  decided: number;
}) {
  const reviews = useCan('approval.pass');
  const shown = ALL.filter(
    (one) =>
      one === which || one === 'requests' || (counts?.[one] ?? 0) > 0 || (reviews && one !== 'returned'),
  );
  return (
    <nav className="review-tabs" aria-label={t('reviews.title')}>
      {shown.map((one) => (
        <button
          key={one}
          type="button"
          className="plain"
          aria-current={one === which}
          onClick={() => setWhich(one)}
        >
          {t(`reviews.tab_${one}`)} {counts ? counts[one] - (one === which ? decided : 0) : ''}
        </button>
      ))}
    </nav>
  );
}

function sentenceOf(queue: Queue | undefined, which: Listed, left: number): string {
  if (!queue) return '';
  if (which === 'returned') return t('reviews.sentence_returned', { n: left });
  if (left === 0) return t('reviews.sentence_none');
  return t(`reviews.sentence_${which}`, { n: left, minutes: Math.max(1, Math.round(left * 1.2)) });
}

function Pane({
  item,
  step,
  phone,
  drafts,
}: {
  item: QueueItem;
  step: (by: number) => void;
  phone: boolean;
  drafts: ReturnType<typeof useDrafts>;
}) {
  const draft = drafts.of(item.id);
  const change = (patch: Parameters<typeof drafts.change>[1]) => drafts.change(item.id, patch);
  const next = () => step(1);
  if (item.kind === 'file') {
    return <FilePane key={item.id} item={item} draft={draft} change={change} next={next} phone={phone} />;
  }
  if (item.kind === 'peer') return <PeerPane key={item.id} item={item} next={next} />;
  return (
    <ReviewPane
      key={item.id}
      item={item}
      draft={draft}
      change={change}
      next={next}
      previous={() => step(-1)}
      phone={phone}
    />
  );
}

/** 审核: what waits for me, in lists: records, new files, spot checks, requests for approval, what came back. */
export function ReviewPage() {
  const [which, setWhich] = useWhich();
  const counts = useCounts(which === 'requests');
  if (which !== 'requests') return <Reviews which={which} setWhich={setWhich} />;
  return <RequestsPage tabs={<Tabs which={which} setWhich={setWhich} counts={counts.data} decided={0} />} />;
}

/** What waits, the record as written, and the two verdicts. After a verdict the next one opens. */
function Reviews({ which, setWhich }: { which: Listed; setWhich: (which: Which) => void }) {
  const phone = usePhone();
  const wide = useMedia('(min-width: 1200px)');
  const queue = useQueue(which);
  const hidden = useHidden();
  const drafts = useDrafts();
  // A record leads to its own place in the queue.
  const [picked, setPicked] = useState<number | null>(Number(useSearchParams()[0].get('id')) || null);
  const waiting = queue.data?.items ?? [];
  const rows = waiting.filter((item) => !hidden.has(keyOf(item.id)));
  const at = Math.max(
    0,
    rows.findIndex((item) => item.id === picked),
  );
  const item = rows[at];
  const step = (by: number) => {
    const to = rows[at + by] ?? rows[at - by] ?? null;
    setPicked(to?.id ?? null);
  };
  useKeys((key) => {
    const name = key.toLowerCase();
    if (name === 'j' && rows[at + 1]) setPicked(rows[at + 1]?.id ?? null);
    if (name === 'k' && rows[at - 1]) setPicked(rows[at - 1]?.id ?? null);
  });
  const batch = async (items: QueueItem[], intent: string) => {
    try {
      await passMany(items, intent);
    } catch (failure) {
      sayFailure(failure);
    }
    refreshReviews();
  };
  const tabs = (
    <Tabs
      which={which}
      setWhich={setWhich}
      counts={queue.data?.counts}
      decided={waiting.length - rows.length}
    />
  );
  const counter = item && phone && which !== 'returned';
  return (
    <>
      <TopBar
        title={counter ? t('reviews.title_phone', { at: at + 1, n: rows.length }) : t('reviews.title')}
        sentence={phone ? undefined : sentenceOf(queue.data, which, rows.length)}
        tabs={phone ? undefined : tabs}
        tools={
          counter ? (
            <>
              <Button
                type="text"
                aria-label={t('reviews.previous')}
                icon={<ChevronLeft />}
                disabled={at === 0}
                onClick={() => step(-1)}
              />
              <Button
                type="text"
                aria-label={t('reviews.next')}
                icon={<ChevronRight />}
                disabled={!rows[at + 1]}
                onClick={() => step(1)}
              />
            </>
          ) : undefined
        }
      />
      {phone ? tabs : null}
      <Trouble query={queue} />
      {queue.isPending ? <PageSkeleton /> : null}
      {queue.data && !item ? (
        <EmptyState title={t(`reviews.empty_${which}`)} hint={t(`reviews.empty_${which}_hint`)} />
      ) : null}
      {queue.data && item && which === 'returned' ? <ReturnedList rows={rows} /> : null}
      {queue.data && item && which !== 'returned' ? (
        <div className="review" data-queue={wide && !phone}>
          {wide && !phone ? (
            <div className="review-left">
              <QueueList
                queue={queue.data}
                rows={rows}
                which={which}
                chosen={item.id}
                choose={setPicked}
                draftOf={drafts.of}
              />
              {which === 'files' && rows.length > 1 ? <BatchFiles rows={rows} pass={batch} /> : null}
            </div>
          ) : null}
          <Pane item={item} step={step} phone={phone} drafts={drafts} />
        </div>
      ) : null}
    </>
  );
}
