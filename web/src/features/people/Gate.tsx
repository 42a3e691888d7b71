import { setLocale, usePreferences } from '@/app/preferences';
import { type Locale, t } from '@/locales';
import './gate.css';

/** The sheet of the pages before login, with the choice of language. */
export function Gate({
  title,
  sub,
  wide,
  children,
}: {
  title: string;
  sub?: string;
  wide?: boolean;
  children: React.ReactNode;
}) {
  const { locale } = usePreferences();
  const other: Locale = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <div className="gate" data-wide={wide}>
      <div className="gate-head">
        <span className="rail-mark song" aria-hidden="true">
          跟
        </span>
        <span className="song gate-name">{t('shell.product')}</span>
        <button type="button" className="act gate-locale" onClick={() => void setLocale(other)}>
          {other === 'zh-CN' ? '中文' : 'English'}
        </button>
      </div>
      <h1 className="song gate-title">{title}</h1>
      {sub ? <p className="gate-sub">{sub}</p> : null}
      {children}
    </div>
  );
}
