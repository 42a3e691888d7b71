import { locale } from '@/locales';

const NUMBERS = '一二三四五六七八九十';

/** The mark of the n-th section (from 0): 一、 in Chinese, 1. in English. */
export function ordinal(at: number): string {
  const chinese = locale() === 'zh-CN' ? NUMBERS[at] : undefined;
  return chinese ? `${chinese}、` : `${at + 1}. `;
}
