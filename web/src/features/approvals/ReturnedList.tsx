import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import type { QueueItem } from '@/api/approvals';
import { ClassBadge } from '@/components/ClassBadge';
import { shortFirm } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

/** What came back to me: each opens where it is mended. */
export function ReturnedList({ rows }: { rows: QueueItem[] }) {
  return (
    <ul className="returned sheet">
      {rows.map((item) => (
        <li key={item.id}>
          <Link to={`/reviews/mend/${item.id}`} className="returned-row">
            <span>
              <b>{item.customer ? shortFirm(item.customer.name) : item.title}</b>{' '}
              <ClassBadge value={item.customer?.intent_class} />
              <span className="meta">{formatWhen(item.asked_at)}</span>
            </span>
            <span className="verm">{t('reviews.to_mend', { n: item.reasons })}</span>
            <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
