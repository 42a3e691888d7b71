import type { ListKind } from '@/components/list/kind';
import { plain } from '@/components/list/look';
import { COLUMNS } from './columns';

/** The list of records with its tabs. */
export const RECORDS: ListKind = {
  record: 'followup',
  path: '/followups',
  sorts: {
    '-contact_at': 'records.sort_newest',
    contact_at: 'records.sort_oldest',
    '-entered_at': 'records.sort_entered',
    score: 'records.sort_score',
  },
  first: (sells) => (sells ? 'mine' : 'week'),
  whole: ['team'],
  boards: [],
  columns: COLUMNS,
  look: {
    columns: ['contacted_by', 'contact_at', 'channel', 'quotes', 'state', 'score'].map(plain),
    density: 'roomy',
  },
  words: {
    total: 'records.total',
    total_capped: 'records.total_capped',
    count: 'records.count',
    count_capped: 'records.count_capped',
    first: 'records.order_hint',
  },
  keys: ['followups'],
};
