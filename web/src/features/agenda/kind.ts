import type { ListKind } from '@/components/list/kind';

/** The list of to-dos with its tabs; its rows have no columns. */
export const TODOS: ListKind = {
  record: 'agenda',
  path: '/agenda',
  sorts: { due_at: 'desk.sort_due', '-due_at': 'desk.sort_due_last' },
  usual: (base) => (base === 'done' ? '-due_at' : 'due_at'),
  first: () => 'mine',
  whole: [],
  boards: [],
  columns: [],
  look: { columns: [], density: 'roomy' },
  words: {
    total: 'records.total',
    total_capped: 'records.total_capped',
    count: 'desk.agenda_count',
    count_capped: 'desk.agenda_count_capped',
    first: 'desk.agenda_order_hint',
  },
  keys: ['agenda'],
};
