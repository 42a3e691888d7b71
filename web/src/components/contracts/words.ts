import type { ContractRow, ContractState } from '@/api/contracts';
import { formatMoney } from '@/lib/money';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

export const stateOf = (state: ContractState): string => t(`contracts.state_${state}`);
export const dayOf = (iso: string): string => formatDay(`${iso}T04:00:00Z`);
/** The colour of a state: green where it holds, amber where somebody has to act. */
export const toneOf = (state: ContractState): string =>
  ({ approved: 'amber', in_review: 'amber', signed: 'contract-pine' })[state as string] ?? 'second';

/** What came in of how much, and what is overdue, in one line. */
export function moneyOf(row: ContractRow): string {
  if (row.amount === null) return '';
  const sum = formatMoney(row.amount, row.currency);
  if (row.state !== 'signed' && row.state !== 'ended') return sum;
  return t('contracts.received_of', { got: formatMoney(row.received ?? 0, row.currency), sum });
}
