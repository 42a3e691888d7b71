import { setClass } from '@/api/batches';
import { updateCustomer } from '@/api/customers';
import { keys, queryClient, refreshWork } from '@/api/queries';
import type { Board, CustomerRow, Field, Page } from '@/api/types';
import { sayWithUndo } from '@/components/batch/undo';
import { clashFields, clashOf } from '@/lib/clash';
import type { Labels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { askWhose } from '@/lib/whose';
import { t } from '@/locales';

type Values = Record<string, unknown>;

/** Show new values in every list that holds the row, until the server's own come. */
export function showValues(id: number, values: Values): void {
  const renew = (row: CustomerRow) => (row.id === id ? { ...row, ...values } : row);
  queryClient.setQueriesData<Page<CustomerRow>>({ queryKey: keys.customers }, (page) =>
    page?.items?.some((row) => row.id === id) ? { ...page, items: page.items.map(renew) } : page,
  );
  queryClient.setQueriesData<Board>({ queryKey: keys.board }, (board) =>
    board?.columns
      ? {
          ...board,
          columns: board.columns.map((column) => ({ ...column, items: column.items.map(renew) })),
        }
      : board,
  );
}

/** Set the class of one customer from a list, by the verb of the batch: its undo stands beside the sentence. */
export async function changeClass(row: CustomerRow, intent_class: string, labels: Labels): Promise<void> {
  const done = await setClass([row.id], intent_class);
  showValues(row.id, { intent_class });
  refreshWork(row.id);
  const c = labels.label('intent_class', intent_class);
  sayWithUndo(t('customers.class_done', { n: 1, c }), done.batch);
}

/**
 * Change one field of a customer from a list. Where somebody was faster the lists show his value, and it is asked
 * whose stays.
 * @throws the server's refusal, when it is another one
 */
export async function changeField(
  row: CustomerRow,
  field: Field,
  value: unknown,
  labels: Labels,
): Promise<'saved' | 'asked'> {
  const { slug } = field;
  const write = async (version: number) => {
    const saved = await updateCustomer(row.id, version, { [slug]: value });
    showValues(row.id, { [slug]: value, version: saved.version });
    refreshWork(row.id);
  };
  try {
    await write(row.version);
    return 'saved';
  } catch (failure) {
    const clash = clashOf(failure);
    if (!clash) throw failure;
    const was = { [slug]: (row as unknown as Values)[slug] ?? null };
    const say = (one: Field, each: unknown) => shown(one, each, labels, row.currency) ?? '';
    const fields = clashFields([field], was, { [slug]: value }, clash, say);
    // The other one wrote the same, or another field: there is nothing to ask.
    if (!fields.length) {
      await write(clash.version);
      return 'saved';
    }
    askWhose({ fields, clash, save: async (mine) => mine.has(slug) && write(clash.version) });
    refreshWork(row.id);
    return 'asked';
  }
}
