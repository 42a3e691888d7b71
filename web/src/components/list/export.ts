import { api } from '@/api/client';
import type { Body } from '@/api/types';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import type { ListState } from './list-state';

interface ExportState {
  state: string;
  rows: number | null;
  link: string | null;
  error?: unknown;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

export type Format = 'xlsx' | 'csv';

/** Export the ticked rows (all of the view when none are), with every column, so that it imports back. */
export async function exportRows(
  record: string,
  ids: number[],
  state: ListState,
  format: Format = 'xlsx',
): Promise<void> {
  say(t('customers.export_wait'));
  const body: Body<'ExportIn'> = {
    record_type: record,
    view: state.query.view,
    q: state.q,
    filter: JSON.parse(state.query.filter ?? 'null') as Body<'ExportIn'>['filter'],
    ids: ids.length ? ids : null,
    format,
  };
  const { id } = await api.post<{ id: number }>('/exports', body);
  for (let round = 0; round < 120; round += 1) {
    const now = await api.get<ExportState>(`/exports/${id}`);
    if (now.state === 'done') {
      say(t('customers.export_done', { n: now.rows ?? 0 }));
      window.location.assign(now.link ?? `/api/v1/exports/${id}/file`);
      return;
    }
    if (now.state === 'failed') {
      say(t('customers.export_failed'), 'error');
      return;
    }
    await wait(Math.min(3000, 400 + round * 200));
  }
}
