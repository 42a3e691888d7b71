import { lazy, Suspense, useState } from 'react';
import type { QueueItem } from '@/api/approvals';
import { useKeys } from '@/app/keyboard';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { commented, type Draft, numbered, quick } from './comments';
import { Earlier, FieldRow, Files, RecordHead, rowsOf } from './RecordView';
import { CommentBox, Side, type Writing } from './Side';
import { giveBack, pass, useReview } from './use-reviews';
import { VerdictBar } from './VerdictBar';

const Compare = lazy(async () => ({ default: (await import('./Compare')).Compare }));

/** `next` opens the following record: a verdict never stands still. */
export function ReviewPane({
  item,
  draft,
  change,
  next,
  previous,
  phone,
}: {
  item: QueueItem;
  draft: Draft;
  change: (patch: (old: Draft) => Partial<Draft>) => void;
  next: () => void;
  previous: () => void;
  phone: boolean;
}) {
  const review = useReview(item.id);
  const labels = useLabels();
  const [row, setRow] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [old, setOld] = useState(false);
  const [comparing, setComparing] = useState(false);
  const data = review.data;
  const record = data?.record;
  const numbers = record ? numbered(record.findings) : [];
  const current = row ?? numbers[0]?.row ?? 'summary';
  const writing: Writing = {
    draft,
    open,
    openBox: setOpen,
    write: (slug, text) => change((one) => ({ comments: { ...one.comments, [slug]: text } })),
    ignore: (index) => change((one) => ({ ignored: [...one.ignored, index] })),
  };
  const version = record?.version;
  const may = data?.approval.may_decide ?? false;
  const verdicts = {
    pass: () => {
      if (!may) return;
      pass(item, draft, version);
      next();
    },
    giveBack: () => {
      if (!may) return;
      if (commented(draft).length === 0) {
        setOpen(current);
        say(t('reviews.comment_first'), 'error');
        return;
      }
      giveBack(item, draft, version);
      next();
    },
  };
  useKeys((key, event) => {
    if (!record || phone) return;
    const name = key.toLowerCase();
    const finding = numbers.find((each) => each.row === current && !draft.ignored.includes(each.index));
    if (name === 'a') verdicts.pass();
    if (name === 'r') {
      // The box that may open now must not get this letter.
      event.preventDefault();
      verdicts.giveBack();
    }
    if (name === 'c') {
      setOpen(current);
      event.preventDefault();
    }
    if (key === '1' || key === '2')
      writing.write(current, t(quick(current)[Number(key) - 1] ?? quick(current)[0]));
    if (key === '3' && finding) writing.ignore(finding.index);
  });
  if (review.error) return <ErrorState failure={review.error} retry={() => void review.refetch()} />;
  if (!data || !record) return <PageSkeleton />;
  const before = data.before ?? {};
  const author = data.approval.author?.name ?? '';
  return (
    <>
      <article className="review-record" aria-label={data.customer?.name}>
        <RecordHead data={data}>
          {Object.keys(before).length ? (
            <button type="button" className="act" aria-pressed={old} onClick={() => setOld(!old)}>
              {t('reviews.with_before')}
            </button>
          ) : null}
          <button type="button" className="act" onClick={() => setComparing(true)}>
            {t('reviews.with_model')}
          </button>
        </RecordHead>
        {rowsOf(record, labels).map((slug) => (
          <FieldRow
            key={slug}
            slug={slug}
            record={record}
            labels={labels}
            chosen={slug === current}
            choose={() => setRow(slug)}
            numbers={numbers.filter((each) => each.row === slug && !draft.ignored.includes(each.index))}
            comments={draft.comments[slug]?.trim() ? 1 : 0}
            before={old && slug in before ? beforeText(before[slug]) : undefined}
            comment={phone ? () => setOpen(slug) : undefined}
            box={
              phone && (open === slug || draft.comments[slug]?.trim()) ? (
                <CommentBox slug={slug} writing={writing} author={author} />
              ) : undefined
            }
          />
        ))}
        <Files record={record} />
        <Earlier data={data} labels={labels} />
      </article>
      <Side
        data={data}
        numbers={numbers}
        row={current}
        choose={(slug) => {
          setRow(slug);
          document.querySelector<HTMLElement>(`[data-slug="${slug}"]`)?.focus();
        }}
        writing={writing}
        setNote={(note) => change(() => ({ note }))}
        labels={labels}
        phone={phone}
      />
      <VerdictBar
        phone={phone}
        may={may}
        comments={commented(draft).length}
        pass={verdicts.pass}
        giveBack={verdicts.giveBack}
        previous={previous}
        next={next}
      />
      <Suspense fallback={null}>
        {comparing ? <Compare data={data} close={() => setComparing(false)} /> : null}
      </Suspense>
    </>
  );
}

function beforeText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('；');
  return value === null || value === undefined ? '' : String(value);
}
