import type { LogStart } from './use-log';

/** What the address says about the record to be written (see `app/log`). */
export function startOf(customerId: number, params: URLSearchParams): LogStart {
  return {
    customerId,
    agendaId: Number(params.get('agenda')) || null,
    contactAt: params.get('at'),
    channel: params.get('channel'),
  };
}
