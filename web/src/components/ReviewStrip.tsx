import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Counts, reviewKeys, type Which } from '@/api/approvals';
import { api } from '@/api/client';
import { t } from '@/locales';
import './review-strip.css';

const ORDER: Which[] = ['records', 'files', 'peers', 'returned'];

/** What waits for my verdict or came back to me, as links; nothing when there is none. */
export function ReviewStrip() {
  const counts = useQuery({
    queryKey: reviewKeys.counts,
    queryFn: () => api.get<Counts>('/approvals/counts'),
  });
  const shown = ORDER.filter((which) => (counts.data?.[which] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <nav className="review-strip" aria-label={t('shell.reviews')}>
      {shown.map((which) => (
        <Link key={which} to={`/reviews?which=${which}`}>
          {t(`reviews.tab_${which}`)} <b>{counts.data?.[which]}</b>
        </Link>
      ))}
    </nav>
  );
}
