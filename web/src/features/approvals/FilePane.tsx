import { Button, Segmented } from 'antd';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { QueueItem } from '@/api/approvals';
import { useKeys } from '@/app/keyboard';
import { ClassBadge } from '@/components/ClassBadge';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { shown } from '@/lib/shown';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { commented, type Draft } from './comments';
import { CommentBox, Said, type Writing } from './Side';
import { giveBack, pass, useReview } from './use-reviews';

const ROWS = [
  'name',
  'kind',
  'industry',
  'source',
  'region',
  'size',
  'business',
  'address',
  'notes',
] as const;

/** A new customer file: is it right, and how much does the customer mean it. */
export function FilePane({
  item,
  draft,
  change,
  next,
  phone,
}: {
  item: QueueItem;
  draft: Draft;
  change: (patch: (old: Draft) => Partial<Draft>) => void;
  next: () => void;
  phone: boolean;
}) {
  const review = useReview(item.id);
  const labels = useLabels();
  const [intent, setIntent] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const [row, setRow] = useState<string>('name');
  const file = review.data?.file;
  const chosen = intent || file?.intent_class || '';
  const may = review.data?.approval.may_decide ?? false;
  const writing: Writing = {
    draft,
    open,
    openBox: setOpen,
    write: (slug, text) => change((one) => ({ comments: { ...one.comments, [slug]: text } })),
    ignore: () => {},
  };
  const ok = () => {
    if (!may) return;
    if (!chosen) {
      say(t('reviews.class_first'), 'error');
      return;
    }
    pass(item, draft, undefined, chosen);
    next();
  };
  const back = () => {
    if (!may) return;
    if (commented(draft).length === 0) {
      setOpen(row);
      say(t('reviews.comment_first'), 'error');
      return;
    }
    giveBack(item, draft, undefined);
    next();
  };
  useKeys((key, event) => {
    const name = key.toLowerCase();
    if (['1', '2', '3'].includes(key)) setIntent('ABC'[Number(key) - 1] ?? '');
    if (name === 'a') ok();
    if (name === 'r') {
      event.preventDefault();
      back();
    }
    if (name === 'c') {
      setOpen(row);
      event.preventDefault();
    }
  });
  if (review.error) return <ErrorState failure={review.error} retry={() => void review.refetch()} />;
  if (!review.data || !file) return <PageSkeleton />;
  const author = review.data.approval.author?.name ?? '';
  const contacts = file.contacts
    .map((one) => [one.name, one.title, one.phone || one.wechat || one.email].filter(Boolean).join('　'))
    .join('\n');
  const asked = [
    ...ROWS.flatMap((slug) => labels.field('customer', slug) ?? []),
    ...labels.fields('customer').filter((field) => isOwn(field.slug)),
  ];
  const rows: [string, string, string][] = [
    ...asked.map((field): [string, string, string] => [
      field.slug,
      words(field.label),
      shown(field, (file as unknown as Record<string, unknown>)[field.slug], labels, null) ?? '',
    ]),
    ['contact', t('reviews.row_people'), contacts],
  ];
  return (
    <>
      <article className="review-record" aria-label={file.name}>
        <header className="review-head">
          <div className="review-firm">
            <h2>
              <Link to={`/customers/${review.data.approval.subject_id}`}>{file.name}</Link>
            </h2>
            <ClassBadge value={file.intent_class} />
          </div>
          <p className="second">{t('reviews.file_by', { name: author, when: formatWhen(item.asked_at) })}</p>
        </header>
        {rows
          .filter(([slug, , text]) => text || ['source', 'industry', 'region', 'contact'].includes(slug))
          .map(([slug, label, text]) => (
            <div
              key={slug}
              className="review-row"
              role="group"
              aria-label={label}
              aria-current={slug === row}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab goes from field to field
              tabIndex={0}
              onFocus={() => setRow(slug)}
            >
              <span className="second review-label">{label}</span>
              <div className="review-text">
                {text ? (
                  text.split('\n').map((line) => <p key={line}>{line}</p>)
                ) : (
                  <span className="verm">{t('reviews.not_written')}</span>
                )}
              </div>
              <button type="button" className="act review-comment" onClick={() => setOpen(slug)}>
                {t('reviews.comment')}
              </button>
              {open === slug || draft.comments[slug]?.trim() ? (
                <CommentBox slug={slug} writing={writing} author={author} />
              ) : null}
            </div>
          ))}
      </article>
      <aside className="review-side">
        <h3>{t('reviews.class_head')}</h3>
        <p className="second">{t('reviews.class_hint')}</p>
        <Segmented
          block
          value={chosen}
          onChange={setIntent}
          options={labels.options('intent_class').map((one) => ({ value: one.key, label: words(one) }))}
        />
        <Said data={review.data} />
      </aside>
      <footer className="verdict">
        {phone ? null : (
          <span className="verdict-keys meta">
            <span>
              <kbd>1</kbd>–<kbd>3</kbd>
              {t('reviews.key_class')}
            </span>
            <span>
              <kbd>C</kbd>
              {t('reviews.key_comment')}
            </span>
          </span>
        )}
        <Button disabled={!may} icon={<Undo2 size={16} strokeWidth={1.6} />} onClick={back}>
          {commented(draft).length
            ? t(phone ? 'reviews.return_n_phone' : 'reviews.return_n', { n: commented(draft).length })
            : t('reviews.return')}
          {phone ? null : <kbd>R</kbd>}
        </Button>
        <Button type="primary" disabled={!may} icon={<Check size={16} strokeWidth={1.6} />} onClick={ok}>
          {chosen ? t('reviews.pass_as', { c: chosen }) : t('reviews.pass')}
          {phone ? null : <kbd>A</kbd>}
        </Button>
      </footer>
    </>
  );
}
