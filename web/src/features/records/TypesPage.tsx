import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { capital, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

/** Every type of the team's own that one may see: where the rail or the phone has no room for them. */
export function TypesPage() {
  const labels = useLabels();
  return (
    <>
      <TopBar title={t('own.all')} />
      {labels.ownTypes.length ? (
        <ul className="sheet own-types">
          {labels.ownTypes.map((type) => (
            <li key={type}>
              <Link to={`/records/${type}`}>
                <b>{capital(words(labels.type(type)))}</b>
                <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState title={t('own.types_none')} hint={t('own.types_none_hint')} />
      )}
    </>
  );
}
