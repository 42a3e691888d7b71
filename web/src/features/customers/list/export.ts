import { api } from '@/api/client';
import { type Condition, toExpression } from '@/lib/filter';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import type { ListState } from './list-state';

interface ExportState {
  state: string;
  rows: number | null;
  link: string | null;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Export the ticked customers (all of the view when none are), wait for the file, start the download. */
export async function exportRows(ids: number[], state: ListState, columns: string[]): Promise<void> {
  const picked: Condition[] = ids.length ? [{ field: 'id', op: 'in', value: ids }] : [];
  const { id } = await api.post<{ id: number }>('/exports', {
    record_type: 'customer',
    view: state.view,
    filter: JSON.parse(toExpression([...state.conditions, ...picked]) ?? 'null') as unknown,
    columns,
    format: 'xlsx',
  });
  for (let round = 0; round < 120; round += 1) {
    const now = await api.get<ExportState>(`/exports/${id}`);
    if (now.state === 'done') {
      say(t('customers.export_done', { n: now.rows ?? 0 }));
      window.location.assign(now.link ?? `/api/v1/exports/${id}/file`);
      return;
    }
    if (now.state === 'failed') throw new Error('export failed');
    await wait(Math.min(3000, 400 + round * 200));
  }
}
