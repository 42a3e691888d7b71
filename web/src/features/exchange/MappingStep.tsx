import { Button } from 'antd';
import { ArrowRight, Check, ChevronLeft, CircleHelp, EyeOff, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { checkImport, type ImportColumn, type ImportRun, setColumns } from '@/api/exchange';
import { type Choice, Pick } from '@/components/Pick';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { asks, fileName, unsureFirst } from './import-view';
import { WizardFrame } from './WizardFrame';

const idOf = (column: ImportColumn) => `${column.sheet}\u0000${column.header}`;

function Why({ column, touched }: { column: ImportColumn; touched: boolean }) {
  const text = [words(column.reason), words(column.seen)].filter(Boolean).join(t('exchange.semicolon'));
  if (touched) {
    return (
      <span className="map-why" data-tone="ok">
        <Check size={15} strokeWidth={1.8} aria-hidden="true" /> {t('exchange.chosen')}
      </span>
    );
  }
  const tone = column.field === null ? 'off' : asks(column) ? 'ask' : 'ok';
  const Icon = tone === 'off' ? EyeOff : tone === 'ok' ? Check : column.sure ? TriangleAlert : CircleHelp;
  return (
    <span className="map-why" data-tone={tone}>
      <Icon size={15} strokeWidth={1.6} aria-hidden="true" /> {text}
    </span>
  );
}

/** Every guess with its reason beside real values; what is uncertain is asked, not assumed. */
export function MappingStep({ run, done }: { run: ImportRun; done: () => void }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Record<string, string | null>>({});
  const [busy, setBusy] = useState(false);
  const fieldOf = (column: ImportColumn) =>
    chosen[idOf(column)] ?? (idOf(column) in chosen ? null : column.field);
  const touched = (column: ImportColumn) => idOf(column) in chosen;
  const choose = (column: ImportColumn, field: string | null) =>
    setChosen({ ...chosen, [idOf(column)]: field });
  const targets: Choice[] = run.targets.map((target) => ({
    value: target.slug,
    label: words(target.label),
    note: target.slug,
  }));
  const labelOf = (slug: string | null) =>
    targets.find((target) => target.value === slug)?.label ?? t('exchange.as_note');
  const columns = phone ? unsureFirst(run.columns) : run.columns;
  const known = run.columns.filter((column) => fieldOf(column) !== null).length;
  const asked = run.columns.filter((column) => asks(column) && !touched(column)).length;
  const sheets = new Set(run.columns.map((column) => column.sheet)).size;
  const total = run.counts?.total || run.progress?.total || 0;

  const check = async () => {
    setBusy(true);
    try {
      if (Object.keys(chosen).length) {
        await setColumns(
          run.id,
          run.columns.map((column) => ({
            sheet: column.sheet,
            header: column.header,
            field: fieldOf(column),
          })),
        );
      }
      await checkImport(run.id);
      done();
    } catch (failure) {
      sayFailure(failure);
      setBusy(false);
    }
  };

  const pick = (column: ImportColumn) => (
    <Pick
      bare={phone}
      label={t('exchange.put_into', { header: column.header })}
      placeholder={t('exchange.as_note')}
      value={fieldOf(column)}
      choices={targets}
      onChange={(field) => choose(column, field)}
    />
  );
  return (
    <WizardFrame
      step={2}
      file={fileName(run)}
      rows={total}
      back={() => navigate('/import')}
      foot={
        <>
          {phone ? null : (
            <>
              <Button icon={<ChevronLeft size={15} />} onClick={() => navigate('/import')}>
                {t('exchange.previous')}
              </Button>
              <span className="second wz-say">{t('exchange.only_checks')}</span>
            </>
          )}
          <Button type="primary" loading={busy || run.state === 'checking'} onClick={() => void check()}>
            {total ? t('exchange.check_rows', { n: total }) : t('exchange.check')}
          </Button>
        </>
      }
    >
      <div className="wz-lead">
        <p>
          <b>{t('exchange.known', { total: run.columns.length, n: known })}</b>
          {asked ? <span className="second">{t('exchange.look', { n: asked })}</span> : null}
        </p>
      </div>
      {run.already ? <p className="wz-note amber">{t('exchange.already')}</p> : null}
      <div className="map sheet">
        {phone ? null : (
          <div className="map-row map-head meta">
            <span>{t('exchange.col_header')}</span>
            <span>{t('exchange.col_samples')}</span>
            <span />
            <span>{t('exchange.col_target')}</span>
            <span>{t('exchange.col_why')}</span>
          </div>
        )}
        {columns.map((column) => (
          <div
            className="map-row"
            key={idOf(column)}
            data-ask={(asks(column) && !touched(column)) || undefined}
          >
            <b className="cut" title={column.header}>
              {column.header}
              {sheets > 1 ? <span className="meta"> {column.sheet}</span> : null}
            </b>
            <span className="second cut">
              {column.samples.slice(0, 3).join(' · ') || t('exchange.blank')}
            </span>
            <ArrowRight size={15} strokeWidth={1.6} aria-hidden="true" />
            {pick(column)}
            <span className="map-last">
              <Why column={column} touched={touched(column)} />
              {!column.sure && !touched(column) && column.field ? (
                <span className="map-ask">
                  <button type="button" className="act" onClick={() => choose(column, column.field)}>
                    {phone ? t('exchange.yes_is', { field: labelOf(column.field) }) : t('exchange.yes')}
                  </button>
                  <button type="button" className="act" onClick={() => choose(column, null)}>
                    {t('exchange.no')}
                  </button>
                </span>
              ) : null}
            </span>
          </div>
        ))}
      </div>
      {run.assumptions.length ? (
        <p className="second wz-note">
          <b>{t('exchange.also_read')}</b>
          {run.assumptions.map((one) => words(one)).join(t('exchange.semicolon'))}
        </p>
      ) : null}
    </WizardFrame>
  );
}
