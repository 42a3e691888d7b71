import { Input } from 'antd';
import { CircleAlert, MessageSquare, TriangleAlert } from 'lucide-react';
import type { ReviewPageData, Written } from '@/api/approvals';
import { ScoreRing } from '@/components/ScoreRing';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { commented, type Draft, type Numbered, quick } from './comments';
import { level } from './QueueList';
import { labelOf } from './RecordView';

const AXES = ['structure', 'action', 'evidence', 'clarity'] as const;

export interface Writing {
  draft: Draft;
  /** The row whose comment box is open. */
  open: string | null;
  write: (slug: string, text: string) => void;
  openBox: (slug: string | null) => void;
  ignore: (index: number) => void;
}

export function Score({ record }: { record: Written }) {
  if (record.score === null) return null;
  return (
    <div className="review-score">
      <ScoreRing score={record.score} size={64} />
      <div className="review-axes">
        {AXES.map((axis) => {
          const value = record.axes[axis] ?? 0;
          return (
            <div key={axis}>
              <span className="meta">{t(`followups.axis_${axis}`)}</span>
              <span className="review-track">
                <span data-level={level(value)} style={{ width: `${value}%` }} />
              </span>
              <span className="meta">{value}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The box for one comment; on the way it says to whom it goes. */
export function CommentBox({ slug, writing, author }: { slug: string; writing: Writing; author: string }) {
  return (
    <div className="comment-box">
      <Input.TextArea
        autoFocus={writing.open === slug}
        autoSize={{ minRows: 2 }}
        maxLength={500}
        aria-label={t('reviews.comment')}
        placeholder={t('reviews.comment_hint')}
        value={writing.draft.comments[slug] ?? ''}
        onChange={(event) => writing.write(slug, event.target.value)}
        onKeyDown={(event) => {
          const sent = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
          if (event.key !== 'Escape' && !sent) return;
          event.preventDefault();
          event.currentTarget.blur();
          // Back to the field, so that the next key is a verdict.
          document.querySelector<HTMLElement>(`[data-slug="${slug}"]`)?.focus();
        }}
        onBlur={() => writing.openBox(null)}
      />
      <p className="meta">{t('reviews.comment_goes', { name: author })}</p>
    </div>
  );
}

/** 1, 2: a ready comment; 3: the finding is none. */
export function Quick({
  slug,
  index,
  writing,
  keyboard,
}: {
  slug: string;
  index: number | null;
  writing: Writing;
  keyboard: boolean;
}) {
  const [first, second] = quick(slug);
  const chips = [
    { label: t(first), run: () => writing.write(slug, t(first)) },
    { label: t(second), run: () => writing.write(slug, t(second)) },
    ...(index === null ? [] : [{ label: t('reviews.quick_fine'), run: () => writing.ignore(index) }]),
  ];
  return (
    <span className="quick">
      {chips.map((chip, at) => (
        <button key={chip.label} type="button" onClick={chip.run}>
          {keyboard ? <kbd>{at + 1}</kbd> : null}
          {chip.label}
        </button>
      ))}
    </span>
  );
}

function FindingRow({
  each,
  chosen,
  choose,
  writing,
  author,
  first,
  phone,
}: {
  each: Numbered;
  chosen: boolean;
  choose: (slug: string) => void;
  writing: Writing;
  author: string;
  /** The first finding of its row holds the row's comment. */
  first: boolean;
  phone: boolean;
}) {
  const { finding, row, index } = each;
  const ignored = writing.draft.ignored.includes(index);
  const text = writing.draft.comments[row];
  const box = first && !phone && (text?.trim() || writing.open === row);
  return (
    <li
      className="review-finding"
      data-severity={finding.severity}
      data-ignored={ignored}
      aria-current={chosen}
    >
      {finding.severity === 'error' ? (
        <CircleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      ) : (
        <TriangleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      )}
      <div>
        <button type="button" className="plain review-finding-head" onClick={() => choose(row)}>
          <b>{words(finding.message)}</b>
          <span className="review-number">{each.number}</span>
        </button>
        <p className="second">{finding.why || words(finding.suggestion)}</p>
        {ignored ? <p className="meta">{t('reviews.ignored')}</p> : null}
        {box ? <CommentBox slug={row} writing={writing} author={author} /> : null}
        {!box && !ignored && (phone || chosen) ? (
          <Quick slug={row} index={index} writing={writing} keyboard={chosen && !phone} />
        ) : null}
      </div>
    </li>
  );
}

/** Beside the record: points, what the rules found, the comments, one word on the whole. */
export function Side({
  data,
  numbers,
  row,
  choose,
  writing,
  setNote,
  labels,
  phone,
}: {
  data: ReviewPageData;
  numbers: Numbered[];
  row: string | null;
  choose: (slug: string) => void;
  writing: Writing;
  setNote: (note: string) => void;
  labels: Labels;
  phone: boolean;
}) {
  const { record, approval } = data;
  if (!record) return null;
  const author = approval.author?.name ?? '';
  const open = writing.open && !commented(writing.draft).includes(writing.open) ? [writing.open] : [];
  const apart = [...commented(writing.draft), ...open].filter(
    (slug) => !numbers.some((each) => each.row === slug),
  );
  const seen = new Set<string>();
  return (
    <aside className="review-side" aria-label={t('reviews.side')}>
      <Score record={record} />
      <ul>
        {numbers.map((each) => {
          const first = !seen.has(each.row);
          seen.add(each.row);
          return (
            <FindingRow
              key={each.index}
              each={each}
              first={first}
              chosen={each.row === row && first}
              choose={choose}
              writing={writing}
              author={author}
              phone={phone}
            />
          );
        })}
        {phone
          ? null
          : apart.map((slug) => (
              <li key={slug} className="review-finding">
                <MessageSquare size={17} strokeWidth={1.6} aria-hidden="true" />
                <div>
                  <b>{t('reviews.comment_on', { field: labelOf(slug, labels) })}</b>
                  <CommentBox slug={slug} writing={writing} author={author} />
                </div>
              </li>
            ))}
        {data.late_this_month && data.late_this_month > 1 ? (
          <li className="review-finding" data-severity="warning">
            <TriangleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
            <p className="second">{t('reviews.late_again', { name: author, n: data.late_this_month })}</p>
          </li>
        ) : null}
        {numbers.length === 0 ? <li className="second">{t('reviews.no_findings')}</li> : null}
      </ul>
      <Said data={data} />
      <Input.TextArea
        className="review-note"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={500}
        aria-label={t('reviews.note')}
        placeholder={t('reviews.note_hint', { name: author })}
        value={writing.draft.note}
        onChange={(event) => setNote(event.target.value)}
      />
    </aside>
  );
}

/** What was said in earlier rounds. */
export function Said({ data, mending = false }: { data: ReviewPageData; mending?: boolean }) {
  const said = data.approval.decisions.filter(
    (each) => each.note && each.verdict !== 'grade' && !(mending && each.verdict === 'return'),
  );
  // While mending, what is still asked for stands at its field.
  const reasons = data.approval.reasons.filter((each) => !mending || each.state !== 'open');
  if (said.length === 0 && reasons.length === 0) return null;
  return (
    <ul className="review-said">
      {reasons.map((each) => (
        <li key={`r${each.id}`} className="second">
          <b>{words(each.label)}</b> {each.text}
          <span className="meta">{t(`reviews.reason_${each.state}`)}</span>
        </li>
      ))}
      {said.map((each) => (
        <li key={each.id} className="second">
          <b>{each.by?.name}</b> {each.note}
          <span className="meta">{formatWhen(each.at)}</span>
        </li>
      ))}
    </ul>
  );
}
