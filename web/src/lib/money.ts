import { type Locale, locale, t } from '@/locales';

const SIGN: Record<string, string> = { CNY: '', USD: 'US$ ', EUR: '€ ', HKD: 'HK$ ', JPY: 'JP¥ ', GBP: '£ ' };

// A list writes hundreds of sums: making a format costs far more than using it.
const FORMATS = new Map<string, Intl.NumberFormat>();
function format(figure: number, least: number, most: number): string {
  const key = `${least} ${most}`;
  const known =
    FORMATS.get(key) ??
    new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
  FORMATS.set(key, known);
  return known.format(figure);
}

function trim(figure: number, digits: number): string {
  return format(figure, 0, digits);
}

/**
 * Money for a row: `86万`, `39.8万`, `8,600`, `1.2亿`; English `¥860k`, `¥1.2M`.
 * @param minor amount in hundredths, whatever the currency, as the server keeps it; null gives a dash
 */
export function formatMoney(
  minor: number | null | undefined,
  currency: string | null = 'CNY',
  language: Locale = locale(),
): string {
  if (minor === null || minor === undefined) return '—';
  const code = currency ?? 'CNY';
  const amount = minor / 100;
  const size = Math.abs(amount);
  if (language === 'zh-CN') {
    const sign = SIGN[code] ?? `${code} `;
    if (size >= 1e8) return `${sign}${trim(amount / 1e8, 2)}亿`;
    if (size >= 1e4) return `${sign}${trim(amount / 1e4, size >= 1e6 ? 0 : 1)}万`;
    return `${sign}${trim(amount, 2)}`;
  }
  const sign = code === 'CNY' ? '¥' : (SIGN[code] ?? `${code} `);
  if (size >= 1e6) return `${sign}${trim(amount / 1e6, 2)}M`;
  if (size >= 1e4) return `${sign}${trim(amount / 1e3, 1)}k`;
  return `${sign}${trim(amount, 2)}`;
}

/** Money in full, for forms and hover: `860,000.00`. */
export function formatMoneyFull(minor: number, currency: string | null = 'CNY'): string {
  const code = currency ?? 'CNY';
  return `${code === 'CNY' ? '¥ ' : (SIGN[code] ?? `${code} `)}${format(minor / 100, 2, 3)}`;
}

/** What stands behind the figure while it is typed: 元, else the code of the currency. */
export const unitOf = (currency: string | null): string =>
  currency === 'CNY' || !currency ? t('page.yuan') : currency;
