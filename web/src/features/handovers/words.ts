import type { Handover, HandoverState } from '@/api/handovers';
import { formatDay } from '@/lib/time';
import { type Key, t } from '@/locales';

export const stateOf = (state: HandoverState): string => t(`handovers.state_${state}` as Key);
/** A day of the calendar, whatever the zone of the browser. */
export const dayOf = (iso: string): string => formatDay(`${iso}T04:00:00Z`);
export const toOf = (row: Pick<Handover, 'receivers'>): string =>
  row.receivers.map((one) => one.name).join(t('handovers.comma'));
/** 1 choose, 2 check, 3 agree, 4 done. */
export const stepOf = (state: HandoverState): number => (state === 'draft' ? 2 : state === 'waiting' ? 3 : 4);
