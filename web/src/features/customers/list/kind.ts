import type { ListKind } from '@/components/list/kind';
import { plain } from '@/components/list/look';
import { COLUMNS } from './columns';

/** The list of customers with its tabs. */
export const CUSTOMERS: ListKind = {
  record: 'customer',
  path: '/customers',
  sorts: {
    next_due: 'customers.sort_next',
    '-last_contact': 'customers.sort_last',
    '-amount': 'customers.sort_amount',
    name: 'customers.sort_name',
    '-created': 'customers.sort_created',
  },
  first: (sells) => (sells ? 'mine' : 'team'),
  whole: ['team', 'all'],
  boards: ['stage', 'life_cycle'],
  columns: COLUMNS,
  look: {
    columns: ['next_due_at', 'stage', 'rhythm', 'last_contact_at', 'amount', 'owner'].map(plain),
    density: 'roomy',
  },
  words: {
    total: 'customers.total',
    total_capped: 'customers.total_capped',
    count: 'filters.count',
    count_capped: 'filters.count_capped',
    first: 'views.order_hint',
  },
  keys: ['customers'],
};
