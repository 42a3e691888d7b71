import { Button, Input, Segmented } from 'antd';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { QueueItem } from '@/api/approvals';
import { api } from '@/api/client';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { numbered } from './comments';
import { FieldRow, RecordHead, rowsOf } from './RecordView';
import { Score } from './Side';
import { refreshReviews, useReview } from './use-reviews';

/** A colleague's record without names: agree or not with each thing the rules say. */
export function PeerPane({ item, next }: { item: QueueItem; next: () => void }) {
  const review = useReview(item.id);
  const labels = useLabels();
  const [answers, setAnswers] = useState<Record<number, boolean>>({});
  const [note, setNote] = useState('');
  const [row, setRow] = useState('summary');
  const [busy, setBusy] = useState(false);
  const record = review.data?.record;
  if (review.error) return <ErrorState failure={review.error} retry={() => void review.refetch()} />;
  if (!review.data || !record) return <PageSkeleton />;
  const numbers = numbered(record.findings, true);
  const left = numbers.filter((each) => answers[each.index] === undefined).length;
  const send = async () => {
    setBusy(true);
    const body = {
      answers: numbers.map((each) => ({ index: each.index, agree: answers[each.index] ?? false })),
      note,
    };
    try {
      await api.post(`/approvals/${item.id}/grade`, body);
      say(t('reviews.graded', { name: item.author?.name ?? '' }));
      next();
      refreshReviews();
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
  };
  return (
    <>
      <article className="review-record" aria-label={item.title}>
        <RecordHead data={review.data} />
        <p className="second review-why">{t('reviews.peer_hint', { name: item.author?.name ?? '' })}</p>
        {rowsOf(record, labels).map((slug) => (
          <FieldRow
            key={slug}
            slug={slug}
            record={record}
            labels={labels}
            chosen={slug === row}
            choose={() => setRow(slug)}
            numbers={numbers.filter((each) => each.row === slug)}
            comments={0}
          />
        ))}
      </article>
      <aside className="review-side" aria-label={t('reviews.side')}>
        <Score record={record} />
        <ul>
          {numbers.map((each) => (
            <li key={each.index} className="review-finding" data-severity={each.finding.severity}>
              <span className="review-number">{each.number}</span>
              <div>
                <b>{words(each.finding.message)}</b>
                <p className="second">{each.finding.why || words(each.finding.suggestion)}</p>
                <Segmented
                  value={answers[each.index] === undefined ? '' : String(answers[each.index])}
                  onChange={(value) => setAnswers((all) => ({ ...all, [each.index]: value === 'true' }))}
                  options={[
                    { value: 'true', label: t('reviews.agree') },
                    { value: 'false', label: t('reviews.disagree') },
                  ]}
                />
              </div>
            </li>
          ))}
          {numbers.length === 0 ? <li className="second">{t('reviews.no_findings')}</li> : null}
        </ul>
        <Input.TextArea
          className="review-note"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          aria-label={t('reviews.note')}
          placeholder={t('reviews.peer_note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </aside>
      <footer className="verdict">
        <span className="verdict-keys meta">{left ? t('reviews.peer_left', { n: left }) : ''}</span>
        <Button
          type="primary"
          disabled={left > 0}
          loading={busy}
          icon={<Check size={16} strokeWidth={1.6} />}
          onClick={() => void send()}
        >
          {t('reviews.grade')}
        </Button>
      </footer>
    </>
  );
}
