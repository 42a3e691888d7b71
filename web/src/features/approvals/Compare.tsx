import { Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { ModelRecord, ReviewPageData, Written } from '@/api/approvals';
import { reviewKeys } from '@/api/approvals';
import { api } from '@/api/client';
import { queryClient } from '@/api/queries';
import { useCan } from '@/app/session';
import { EmptyState } from '@/components/EmptyState';
import { ScoreRing } from '@/components/ScoreRing';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { numbered } from './comments';
import { labelOf, partOf, rowsOf } from './RecordView';
import { useModels } from './use-reviews';

function Column({ title, record }: { title: string; record: Written }) {
  return (
    <div className="compare-head">
      {record.score === null ? null : <ScoreRing score={record.score} size={40} />}
      <b>{title}</b>
    </div>
  );
}

function Findings({ record }: { record: Written }) {
  const found = numbered(record.findings);
  if (found.length === 0) return <p className="second">{t('reviews.no_findings')}</p>;
  return (
    <ul className="compare-findings">
      {found.map((each) => (
        <li key={each.index} className="second">
          {words(each.finding.message)}
        </li>
      ))}
    </ul>
  );
}

/** Keep this record as a good or bad example: one tap, with a word why. */
function Mark({ recordId, kind }: { recordId: number; kind: string }) {
  const [note, setNote] = useState('');
  const mark = async (verdict: 'good' | 'bad') => {
    try {
      await api.post('/models', { record_id: recordId, verdict, note });
      say(t(verdict === 'good' ? 'reviews.marked_good' : 'reviews.marked_bad'));
      void queryClient.invalidateQueries({ queryKey: reviewKeys.models(kind) });
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <div className="compare-mark">
      <Input
        value={note}
        maxLength={500}
        aria-label={t('reviews.mark_note')}
        placeholder={t('reviews.mark_note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button onClick={() => void mark('good')}>{t('reviews.mark_good')}</Button>
      <Button onClick={() => void mark('bad')}>{t('reviews.mark_bad')}</Button>
    </div>
  );
}

/** The record beside a stored example of its kind, part by part. */
export function Compare({ data, close }: { data: ReviewPageData; close: () => void }) {
  const labels = useLabels();
  const may = useCan('model.mark');
  const record = data.record as Written;
  const kind = data.model_kind ?? record.kind;
  const models = useModels(kind);
  const [verdict, setVerdict] = useState<'good' | 'bad'>('good');
  const found = (models.data?.items ?? []).filter((one) => one.verdict === verdict);
  const [at, setAt] = useState(0);
  const model: ModelRecord | undefined = found[at] ?? found[0];
  const rows = [...new Set([...rowsOf(record, labels), ...(model ? rowsOf(model.body, labels) : [])])].filter(
    (slug) => slug !== 'contact_id',
  );
  return (
    <Modal open width={1040} title={t('reviews.with_model')} onCancel={close} footer={null} destroyOnHidden>
      <div className="compare-bar">
        <Segmented
          value={verdict}
          onChange={(value) => {
            setVerdict(value);
            setAt(0);
          }}
          options={[
            { value: 'good' as const, label: t('reviews.good') },
            { value: 'bad' as const, label: t('reviews.bad') },
          ]}
        />
        {found.length > 1 ? (
          <button type="button" className="act" onClick={() => setAt((at + 1) % found.length)}>
            {t('reviews.other_model', { n: at + 1, all: found.length })}
          </button>
        ) : null}
      </div>
      {models.data && !model ? (
        <EmptyState
          title={t(verdict === 'good' ? 'reviews.no_good' : 'reviews.no_bad')}
          hint={t('reviews.no_model_hint')}
        />
      ) : null}
      {model ? (
        <div className="compare">
          <span />
          <Column title={t('reviews.this_record')} record={record} />
          <Column title={t(model.verdict === 'good' ? 'reviews.good' : 'reviews.bad')} record={model.body} />
          {model.note ? (
            <>
              <span className="second">{t('reviews.model_note')}</span>
              <span />
              <span className="second">
                {model.note}
                <span className="meta">
                  {' '}
                  {[model.created_by, formatDay(model.created_at)].filter(Boolean).join(' ')}
                </span>
              </span>
            </>
          ) : null}
          {rows.map((slug) => (
            <div className="compare-row" key={slug}>
              <span className="second">{labelOf(slug, labels)}</span>
              <div>{partOf(slug, record, labels)}</div>
              <div>{partOf(slug, model.body, labels)}</div>
            </div>
          ))}
          <div className="compare-row">
            <span className="second">{t('reviews.side')}</span>
            <Findings record={record} />
            <Findings record={model.body} />
          </div>
        </div>
      ) : null}
      {may && record.id ? <Mark recordId={record.id} kind={kind} /> : null}
    </Modal>
  );
}
