import { useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { Check, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { previewUndo, type Undone, undoBatch } from '@/api/batches';
import { type ImportRun, importKey, refusedUrl } from '@/api/exchange';
import { refreshWork } from '@/api/queries';
import { refreshRecords } from '@/api/records';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { fileName, split } from './import-view';
import { WizardFrame } from './WizardFrame';

/** What was taken over, what waits, where to go on, and the way back for a day. */
export function DoneStep({ run }: { run: ImportRun }) {
  const navigate = useNavigate();
  const phone = usePhone();
  const client = useQueryClient();
  const [undo, setUndo] = useState<Undone | null>(null);
  const [busy, setBusy] = useState(false);
  // The lists of customers, to-dos and own rows have new ones, or lost some.
  useEffect(() => {
    refreshWork();
    void refreshRecords();
  }, []);
  const counts = run.counts ?? { total: 0, ready: 0, confirm: 0, duplicate: 0, refused: 0 };
  const { ready, open } = split(counts);
  const done = run.state === 'done';
  // Stopped half-way: what was written by then stays, and can be taken back like a whole import.
  const stopped = run.state === 'cancelled' || run.state === 'failed';
  const written = stopped && run.batch ? (run.progress?.done ?? 0) : 0;
  const undoable = (done || written > 0) && run.undo_until !== null;
  const end = written
    ? t('exchange.end_stopped', { n: written })
    : t(`exchange.end_${run.state}` as 'exchange.end_undone');
  const title = done ? t('exchange.done_title', { n: ready }) : end;
  const type = run.target ? words(run.target.label) : '';
  const facts: [number | undefined, string][] = [
    [counts.records_new, t('exchange.fact_records_new', { type })],
    [counts.records_update, t('exchange.fact_records_updated', { type })],
    [counts.customers_new, t('exchange.fact_new')],
    [counts.customers_update, t('exchange.fact_updated')],
    [counts.followups, t('exchange.fact_followups')],
    [counts.agenda, t('exchange.fact_agenda')],
  ];
  const ask = () => {
    previewUndo(run.batch ?? '').then(setUndo, sayFailure);
  };
  const really = async () => {
    setBusy(true);
    try {
      await undoBatch(run.batch ?? '');
      refreshWork();
      void refreshRecords();
      await client.invalidateQueries({ queryKey: importKey(run.id) });
      setUndo(null);
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  const figures: [string, number | undefined][] = [
    [t('exchange.fact_new'), undo?.removed.customer],
    [t('exchange.fact_updated'), undo?.counts.customer],
    [t('exchange.fact_contacts'), undo?.removed.contact],
    [t('exchange.fact_followups'), undo?.removed.followup],
    [t('exchange.fact_agenda'), undo?.removed.agenda],
    [t('exchange.fact_records_new', { type }), undo?.removed.record],
  ];
  return (
    <WizardFrame
      step={4}
      file={fileName(run)}
      rows={counts.total}
      foot={
        <>
          {undoable ? (
            <Button icon={<RotateCcw size={15} strokeWidth={1.6} />} onClick={ask}>
              {t('exchange.undo')}
            </Button>
          ) : null}
          {phone ? null : (
            <span className="second wz-say">
              {undoable && run.undo_until
                ? t('exchange.undo_until', { when: formatWhen(run.undo_until) })
                : ''}
            </span>
          )}
          <Button
            onClick={() => navigate(run.target ? `/records/${run.target.slug}` : '/customers?sort=-created')}
          >
            {run.target ? t('exchange.see_records', { type }) : t('exchange.see_customers')}
          </Button>
          <Button type="primary" onClick={() => navigate('/today')}>
            {t('exchange.see_today')}
          </Button>
        </>
      }
    >
      <div className="done">
        {done ? (
          <span className="done-mark">
            <Check size={22} strokeWidth={2} aria-hidden="true" />
          </span>
        ) : null}
        <h2 className="song">{title}</h2>
        {done ? (
          <dl className="done-facts">
            {facts.map(([figure, name]) =>
              figure ? (
                <div key={name}>
                  <dd>{figure}</dd>
                  <dt className="second">{name}</dt>
                </div>
              ) : null,
            )}
          </dl>
        ) : null}
        {run.state === 'failed' ? <p className="verm">{words(run.error)}</p> : null}
        {done && counts.records_missing ? (
          <p className="second">{t('exchange.done_missing', { n: counts.records_missing })}</p>
        ) : null}
        {done && counts.followups ? (
          <p className="second">{t(counts.agenda ? 'exchange.historical' : 'exchange.historical_alone')}</p>
        ) : null}
        {open && run.state !== 'undone' ? (
          <p className="second">
            {t('exchange.left_over', { n: open })}
            <a href={refusedUrl(run.id)} download>
              {t('exchange.download', { n: open })}
            </a>
          </p>
        ) : null}
      </div>
      {undo ? (
        <Modal
          open
          title={t('exchange.undo_title')}
          onCancel={() => setUndo(null)}
          footer={
            <>
              <Button onClick={() => setUndo(null)}>{t('common.cancel')}</Button>
              <Button type="primary" loading={busy} onClick={() => void really()}>
                {t('exchange.undo_do')}
              </Button>
            </>
          }
        >
          <p>{t('exchange.undo_hint')}</p>
          <ul className="done-undo">
            {figures.map(([name, value]) =>
              value ? (
                <li key={name}>
                  {name} <b>{value}</b>
                </li>
              ) : null,
            )}
          </ul>
          {undo.stay[0] ? (
            <p className="second">
              {t('batch.stay', { n: undo.stays, name: undo.stay[0].name, why: words(undo.stay[0]) })}
            </p>
          ) : null}
        </Modal>
      ) : null}
    </WizardFrame>
  );
}
