import { Check, ChevronLeft, FileSpreadsheet, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import type { Step } from './import-view';
import './wizard.css';

const STEPS = [1, 2, 3, 4] as const;

function Line({ step }: { step: Step }) {
  return (
    <ol className="wz-steps">
      {STEPS.map((one) => (
        <li
          key={one}
          data-state={one < step ? 'done' : one === step ? 'now' : 'todo'}
          aria-current={one === step ? 'step' : undefined}
        >
          <span className="wz-dot">
            {one < step ? <Check size={13} strokeWidth={2} aria-hidden="true" /> : one}
          </span>
          {t(`exchange.step_${one}`)}
        </li>
      ))}
    </ol>
  );
}

/** The four steps over the whole screen; it may be closed at any time, the server keeps the place. */
export function WizardFrame({
  step,
  file,
  rows,
  hint,
  back,
  foot,
  children,
}: {
  step: Step;
  file?: string;
  rows?: number | null;
  hint?: ReactNode;
  /** One step back; without it the phone's arrow leaves the wizard. */
  back?: () => void;
  foot?: ReactNode;
  children: ReactNode;
}) {
  const phone = usePhone();
  const navigate = useNavigate();
  const leave = () => navigate('/import');
  const what = [file, rows ? t('exchange.rows', { n: rows }) : ''].filter(Boolean).join(phone ? ' · ' : '　');
  return (
    <div className="wz">
      {phone ? (
        <header className="wz-head">
          <button type="button" className="icon-act" aria-label={t('common.back')} onClick={back ?? leave}>
            <ChevronLeft size={24} strokeWidth={1.6} />
          </button>
          <div className="wz-title">
            <h1 className="cut">
              {t(`exchange.step_${step}`)}（{step}/4）
            </h1>
            <p className="meta cut">{hint ?? what}</p>
          </div>
          <span className="wz-marks" aria-hidden="true">
            {STEPS.map((one) => (
              <span key={one} data-on={one <= step || undefined} />
            ))}
          </span>
        </header>
      ) : (
        <header className="wz-head">
          <span className="wz-logo song">跟</span>
          <h1 className="page-title">{t('exchange.title')}</h1>
          {file ? (
            <span className="second wz-file cut" title={file}>
              <FileSpreadsheet size={15} strokeWidth={1.6} aria-hidden="true" /> {what}
            </span>
          ) : null}
          <Line step={step} />
          <span className="meta wz-close">{t('exchange.can_close')}</span>
          <button type="button" className="icon-act" aria-label={t('common.close')} onClick={leave}>
            <X size={18} strokeWidth={1.6} />
          </button>
        </header>
      )}
      <div className="wz-body">{children}</div>
      {foot ? <footer className="wz-foot">{foot}</footer> : null}
    </div>
  );
}
