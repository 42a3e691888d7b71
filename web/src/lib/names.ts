import type { Words } from '@/api/types';
import { locale } from '@/locales';

const SUFFIX = /(股份有限公司|有限责任公司|有限公司|股份公司)$/;

/** A firm's name for a dense row: the legal suffix is dropped, never all of the name. */
export function shortFirm(name: string): string {
  const short = name.trim().replace(SUFFIX, '');
  return short.length >= 2 ? short : name.trim();
}

/** The one letter or character in a round avatar. */
export function initialOf(name: string | null | undefined): string {
  return (name ?? '').trim().slice(0, 1).toUpperCase() || '·';
}

/** The words of the person's language; the other language when one is missing. */
export function words(pair: Words | string | null | undefined): string {
  if (!pair) return '';
  if (typeof pair === 'string') return pair;
  return locale() === 'zh-CN' ? pair.zh || pair.en : pair.en || pair.zh;
}

/** With a capital first letter, where it begins a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
