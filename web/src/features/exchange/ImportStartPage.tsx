import { ChevronRight, FileSpreadsheet, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { uploadSheet, useImports } from '@/api/exchange';
import { TopBar } from '@/app/TopBar';
import { usePhone } from '@/lib/media';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { fileName } from './import-view';
import './start.css';
import './wizard.css';

const KINDS = '.xlsx,.xls,.xlsb,.ods,.csv';

/** Step one: any sheet as it is; nothing to download first. */
export function ImportStartPage() {
  const navigate = useNavigate();
  const phone = usePhone();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState('');
  const [over, setOver] = useState(false);
  const earlier = useImports();
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setBusy(file.name);
    try {
      const { id } = await uploadSheet(file);
      navigate(`/import/${id}`);
    } catch (failure) {
      sayFailure(failure);
      setBusy('');
    }
    if (input.current) input.current.value = '';
  };
  const runs = earlier.data?.items ?? [];
  return (
    <>
      <TopBar title={t('exchange.title')} sentence={phone ? undefined : t('exchange.promise')} />
      <div className="start">
        <button
          type="button"
          className="start-drop"
          data-over={over || undefined}
          disabled={busy !== ''}
          onClick={() => input.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer.files[0]);
          }}
        >
          <Upload size={26} strokeWidth={1.4} aria-hidden="true" />
          <b>
            {busy ? t('exchange.uploading', { file: busy }) : t(phone ? 'exchange.choose' : 'exchange.drop')}
          </b>
          <span className="second">{t('exchange.drop_hint')}</span>
        </button>
        <input
          ref={input}
          type="file"
          accept={KINDS}
          hidden
          aria-label={t('exchange.step_1')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <ul className="start-facts second">
          <li>{t('exchange.fact_shape')}</li>
          <li>{t('exchange.fact_check')}</li>
          <li>{t('exchange.fact_undo')}</li>
        </ul>
        {runs.length ? (
          <section className="sheet start-list">
            <h2 className="meta">{t('exchange.earlier')}</h2>
            {runs.map((run) => (
              <Link key={run.id} to={`/import/${run.id}`}>
                <FileSpreadsheet size={17} strokeWidth={1.5} aria-hidden="true" />
                <span className="cut">{fileName(run)}</span>
                <span className="meta">
                  {[
                    t(`exchange.state_${run.state}`),
                    run.counts ? t('exchange.rows', { n: run.counts.total }) : '',
                    run.created_at ? formatWhen(run.created_at) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
              </Link>
            ))}
          </section>
        ) : null}
      </div>
    </>
  );
}
