import type { DealOption } from '@/api/deals';
import { words } from '@/lib/names';

export const choicesOf = (options: readonly DealOption[] | undefined) =>
  (options ?? []).filter((one) => !one.retired).map((one) => ({ value: one.key, label: words(one) }));
export const wordOf = (options: readonly DealOption[] | undefined, key: string) =>
  words(options?.find((one) => one.key === key)) || key;
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'] as const;
