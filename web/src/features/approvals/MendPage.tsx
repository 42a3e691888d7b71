import { Button } from 'antd';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Reason, ReviewPageData, Written } from '@/api/approvals';
import { ApiError, api } from '@/api/client';
import type { Field } from '@/api/types';
import { TopBar } from '@/app/TopBar';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { clashFields, clashOf, kept } from '@/lib/clash';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { type Labels, useLabels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { shown } from '@/lib/shown';
import { formatWhen } from '@/lib/time';
import { askWhose } from '@/lib/whose';
import { t } from '@/locales';
import { MendField } from './MendField';
import { initial, linesIn, linesOut, type StepInput, stepInputs, stepsOut, wayOf } from './mending';
import { labelOf, partOf, RecordHead, rowsOf } from './RecordView';
import { Said } from './Side';
import { refreshReviews, useReview } from './use-reviews';
import './queue.css';
import './review.css';
import './mend.css';

type Problems = Record<string, string>;
/** Texts by field; of the team's own fields values as their controls give them. */
type Values = Record<string, unknown>;
type Patch = Record<string, unknown>;

/** A value of the record as words, to be held against another one. */
function wordsOf(field: Field, value: unknown, labels: Labels): string {
  if (isOwn(field.slug)) return shown(field, value, labels, null) ?? '';
  if (Array.isArray(value)) return linesIn(value);
  if (field.options) return labels.label(field.options, String(value ?? ''));
  return field.type === 'datetime' && value ? formatWhen(String(value)) : String(value ?? '');
}

function patchOf(reasons: Reason[], values: Values, steps: StepInput[], record: Written, labels: Labels) {
  const patch: Patch = {};
  for (const { field } of reasons) {
    const known = labels.field('followup', field);
    const way = wayOf(field, Boolean(known?.options), known?.type);
    if (way === 'own') {
      if (field in values) patch[field] = values[field];
      continue;
    }
    const value = String(values[field] ?? initial(record, field, way));
    if (way === 'steps') patch.next_steps = stepsOut(steps);
    else if (way === 'lines') patch[field] = linesOut(field, value, record[field]);
    else if (way === 'when') patch[field] = value || record.contact_at;
    else if (way !== 'elsewhere') patch[field] = value;
  }
  return patch;
}

function useMending(data: ReviewPageData) {
  const labels = useLabels();
  const navigate = useNavigate();
  const record = data.record as Written;
  const reasons = data.approval.reasons.filter((each) => each.state === 'open');
  const [values, setValues] = useState<Values>({});
  const [steps, setSteps] = useState<StepInput[]>(stepInputs(record.next_steps));
  const [problems, setProblems] = useState<Problems>({});
  const [busy, setBusy] = useState(false);
  const submit = async (version: number | undefined, patch: Patch) => {
    if (Object.keys(patch).length) await api.patch(`/followups/${record.id}`, { version, ...patch });
    await api.post(`/approvals/${data.approval.id}/resubmit`);
    say(t('reviews.resubmitted', { name: data.approval.steps[0]?.member?.name ?? '' }));
    navigate('/today');
  };
  const refused = (failure: unknown, patch: Patch) => {
    const clash = clashOf(failure);
    if (clash) {
      // Steps are rows of their own: they are not among what stands in the record.
      const fields = labels.fields('followup').filter((field) => field.slug in clash.theirs);
      const show = (field: Field, value: unknown) => wordsOf(field, value, labels);
      const open = clashFields(fields, record, patch, clash, show);
      askWhose({
        fields: open,
        clash,
        save: (mine) => submit(clash.version, kept(patch, open, mine)).finally(refreshReviews),
      });
      return;
    }
    if (failure instanceof ApiError && failure.problems.length) {
      setProblems(Object.fromEntries(failure.problems.map((each) => [each.field ?? '', words(each)])));
    }
    sayFailure(failure);
  };
  const send = async () => {
    setBusy(true);
    setProblems({});
    const patch = patchOf(reasons, values, steps, record, labels);
    try {
      await submit(record.version, patch);
      refreshReviews();
    } catch (failure) {
      refused(failure, patch);
    }
    setBusy(false);
  };
  return { labels, record, reasons, values, setValues, steps, setSteps, problems, busy, send };
}

function MendRecord({ data }: { data: ReviewPageData }) {
  const mend = useMending(data);
  return (
    <>
      <div className="mend mend-two sheet">
        <div>
          <RecordHead data={data} />
          {data.approval.note ? (
            <p className="second mend-note">
              <b>{data.approval.decided_by?.name}</b> {data.approval.note}
            </p>
          ) : null}
          {mend.reasons.map((reason) => (
            <MendField
              key={reason.id}
              reason={reason}
              record={mend.record}
              labels={mend.labels}
              value={mend.values[reason.field]}
              set={(value) => mend.setValues((all) => ({ ...all, [reason.field]: value }))}
              steps={mend.steps}
              setSteps={mend.setSteps}
              problem={mend.problems[reason.field]}
            />
          ))}
          {mend.reasons.length === 0 ? <p className="second">{t('reviews.all_mended')}</p> : null}
          <Said data={data} mending />
        </div>
        <aside className="mend-whole" aria-label={t('reviews.whole')}>
          <h3>{t('reviews.whole')}</h3>
          {rowsOf(mend.record, mend.labels).map((slug) => (
            <div className="mend-row" key={slug}>
              <span className="second">{labelOf(slug, mend.labels)}</span>
              <div className="review-text">{partOf(slug, mend.record, mend.labels)}</div>
            </div>
          ))}
        </aside>
      </div>
      <footer className="verdict">
        <span className="verdict-keys meta">{t('reviews.mend_hint')}</span>
        <Button
          type="primary"
          loading={mend.busy}
          icon={<Check size={16} strokeWidth={1.6} />}
          onClick={() => void mend.send()}
        >
          {t('reviews.resubmit')}
        </Button>
      </footer>
    </>
  );
}

function MendFile({ data }: { data: ReviewPageData }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await api.post(`/approvals/${data.approval.id}/resubmit`);
      say(t('reviews.resubmitted', { name: data.approval.steps[0]?.member?.name ?? '' }));
      navigate('/today');
    } catch (failure) {
      sayFailure(failure);
    }
    refreshReviews();
    setBusy(false);
  };
  return (
    <>
      <div className="mend sheet">
        <h2>{data.file?.name}</h2>
        <Said data={data} />
        <p className="second">{t('reviews.mend_file')}</p>
        <Link to={`/customers/${data.approval.subject_id}`}>{t('reviews.open_customer')}</Link>
      </div>
      <footer className="verdict">
        <span className="verdict-keys" />
        <Button
          type="primary"
          loading={busy}
          icon={<Check size={16} strokeWidth={1.6} />}
          onClick={() => void send()}
        >
          {t('reviews.resubmit')}
        </Button>
      </footer>
    </>
  );
}

/** The author's side of a return: each field with its reason and its input, then back to the reviewer. */
export function MendPage() {
  const id = Number(useParams().id);
  const review = useReview(Number.isFinite(id) ? id : null);
  const data = review.data;
  const over = data && data.approval.state !== 'returned';
  return (
    <>
      <TopBar
        title={t('reviews.mend_title')}
        sentence={
          data
            ? t('reviews.returned_at', {
                when: formatWhen(data.approval.decided_at ?? data.approval.asked_at),
              })
            : ''
        }
      />
      {review.error ? <ErrorState failure={review.error} retry={() => void review.refetch()} /> : null}
      {review.isPending ? <PageSkeleton /> : null}
      {over ? <p className="mend sheet second">{t('reviews.not_returned')}</p> : null}
      {data && !over && data.record ? <MendRecord data={data} /> : null}
      {data && !over && data.file ? <MendFile data={data} /> : null}
    </>
  );
}
