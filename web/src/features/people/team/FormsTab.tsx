import { ChevronRight } from 'lucide-react';
import { Link } from 'react-router';
import { useDesigns } from '@/api/designs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { capital, words } from '@/lib/names';
import { t } from '@/locales';

/** The forms that a team may shape, each leading to its designer. */
export function FormsTab() {
  const designs = useDesigns();
  if (designs.error) return <ErrorState failure={designs.error} retry={() => void designs.refetch()} />;
  if (!designs.data) return <SkeletonRows rows={4} height={56} />;
  return (
    <>
      <div className="team-tools">
        <p className="second team-lead">{t('team.forms_lead')}</p>
      </div>
      <ul className="sheet team-table">
        {designs.data.map((one) => (
          <li key={one.record_type}>
            <Link className="team-row team-role" to={`/manage/forms/${one.record_type}`}>
              <span className="team-words">
                <b>{capital(words(one.label))}</b>
                <span className="meta">
                  {t('team.forms_row', { fields: one.fields, free: one.free_texts })}
                </span>
              </span>
              <span className="meta">{one.own ? t('team.forms_own', { n: one.own }) : ''}</span>
              <span className="second">
                {one.version ? t('team.forms_version', { n: one.version }) : t('team.forms_untouched')}
              </span>
              <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
