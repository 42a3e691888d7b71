import { ChevronRight, CircleAlert, FileSpreadsheet, Upload } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { sentenceOf } from '@/api/client';
import { uploadSheet, useImports } from '@/api/exchange';
import { TopBar } from '@/app/TopBar';
import { DropFile } from '@/components/DropFile';
import { Pick } from '@/components/Pick';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { type Labels, useLabels } from '@/lib/options';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { fileName } from './import-view';
import { Shapes } from './Shapes';
import './start.css';
import './wizard.css';

const SHOWN = 4;
/** Customers, records, to-dos: found by the heads of the sheet. */
const USUAL = 'usual';
const KINDS = '.xlsx,.xls,.xlsb,.ods,.csv';

/** The fields of an own type by whose names its columns are known; the system's own come last. */
function headsOf(labels: Labels, type: string): string {
  const fields = labels.fields(type).filter((one) => !one.read_only && !GIVEN.has(one.type));
  return fields.map((one) => words(one.label)).join(t('common.list'));
}
/** Files lie in no cell. */
const GIVEN = new Set(['attachment', 'picture', 'lookup', 'formula', 'serial']);

/** Step one: any sheet as it is; nothing to download first. */
export function ImportStartPage() {
  const navigate = useNavigate();
  const phone = usePhone();
  const [busy, setBusy] = useState('');
  const [all, setAll] = useState(false);
  const [refused, setRefused] = useState('');
  const earlier = useImports();
  const labels = useLabels();
  const [params, setParams] = useSearchParams();
  const target = labels.ownTypes.find((type) => type === params.get('target')) ?? '';
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setBusy(file.name);
    setRefused('');
    try {
      const { id } = await uploadSheet(file, target);
      navigate(`/import/${id}`);
    } catch (failure) {
      setRefused(sentenceOf(failure));
      setBusy('');
    }
  };
  const runs = earlier.data?.items ?? [];
  return (
    <>
      <TopBar title={t('exchange.title')} sentence={phone ? undefined : t('exchange.promise')} />
      <div className="start">
        {labels.ownTypes.length ? (
          <div className="start-what">
            <span className="second">{t('exchange.holds')}</span>
            <Pick
              label={t('exchange.holds')}
              clear={false}
              value={target || USUAL}
              choices={[
                { value: USUAL, label: t('exchange.holds_usual') },
                ...labels.ownTypes.map((type) => ({ value: type, label: words(labels.type(type)) })),
              ]}
              onChange={(next) =>
                setParams(next && next !== USUAL ? { target: next } : {}, { replace: true })
              }
            />
          </div>
        ) : null}
        <DropFile
          className="start-drop"
          accept={KINDS}
          label={t('exchange.step_1')}
          busy={busy !== ''}
          take={take}
        >
          <Upload size={26} strokeWidth={1.4} aria-hidden="true" />
          <b>
            {busy ? t('exchange.uploading', { file: busy }) : t(phone ? 'exchange.choose' : 'exchange.drop')}
          </b>
          <span className="second">{t('exchange.drop_hint')}</span>
        </DropFile>
        {refused ? (
          <p className="start-refused" role="alert">
            <CircleAlert size={16} strokeWidth={1.6} aria-hidden="true" /> {refused}
          </p>
        ) : null}
        <p className="second start-steps">{t('exchange.promise_steps')}</p>
        {runs.length ? (
          <section className="sheet start-list">
            <h2 className="meta">{t('exchange.earlier')}</h2>
            {(all ? runs : runs.slice(0, SHOWN)).map((run) => (
              <Link key={run.id} to={`/import/${run.id}`}>
                <FileSpreadsheet size={17} strokeWidth={1.5} aria-hidden="true" />
                <span className="cut">{fileName(run)}</span>
                <span className="start-state" data-state={run.state}>
                  {t(`exchange.state_${run.state}`)}
                </span>
                <span className="meta">
                  {[
                    run.counts ? t('exchange.rows', { n: run.counts.total }) : '',
                    run.created_at ? formatWhen(run.created_at) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
              </Link>
            ))}
            {runs.length > SHOWN && !all ? (
              <button type="button" className="act" onClick={() => setAll(true)}>
                {t('exchange.earlier_all', { n: runs.length })}
              </button>
            ) : null}
          </section>
        ) : null}
        {target ? (
          <p className="second start-heads">{t('exchange.heads', { names: headsOf(labels, target) })}</p>
        ) : (
          <Shapes />
        )}
        {earlier.data && !runs.length ? (
          <p className="meta start-none">{t('exchange.earlier_none')}</p>
        ) : null}
      </div>
    </>
  );
}
