import { Button } from 'antd';
import { ChevronRight, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { refreshDesigns, useDesigns } from '@/api/designs';
import { queryClient } from '@/api/queries';
import { type RecordType, retireType, TYPES, useRecordTypes } from '@/api/records';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { capital, words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';

const NewType = lazy(async () => ({ default: (await import('./NewType')).NewType }));

async function turn(one: RecordType): Promise<void> {
  try {
    await retireType(one.slug, one.version, !one.retired);
    await Promise.all([refreshDesigns(), queryClient.invalidateQueries({ queryKey: TYPES })]);
    say(t(one.retired ? 'own.type_back' : 'own.type_away', { name: words(one.label) }));
  } catch (failure) {
    sayFailure(failure);
  }
}

/** The forms that a team may shape, each leading to its designer; types of its own come and go here. */
export function FormsTab() {
  const designs = useDesigns();
  const types = useRecordTypes();
  const [making, setMaking] = useState(false);
  if (designs.error) return <ErrorState failure={designs.error} retry={() => void designs.refetch()} />;
  if (!designs.data) return <SkeletonRows rows={4} height={56} />;
  const own = new Map((types.data?.items ?? []).map((one) => [one.slug, one]));
  const away = (types.data?.items ?? []).filter((one) => one.retired);
  return (
    <>
      <div className="team-tools">
        <p className="second team-lead">{t('team.forms_lead')}</p>
        {types.data?.can.create ? (
          <Button type="primary" icon={<Plus size={16} strokeWidth={1.8} />} onClick={() => setMaking(true)}>
            {t('own.type_new')}
          </Button>
        ) : null}
      </div>
      <ul className="sheet team-table">
        {designs.data.map((one) => {
          const type = own.get(one.record_type);
          return (
            <li key={one.record_type} className="type-line">
              <Link className="team-row team-role" to={`/manage/forms/${one.record_type}`}>
                <span className="team-words">
                  <b>{capital(words(one.label))}</b>
                  <span className="meta">
                    {t('team.forms_row', { fields: one.fields, free: one.free_texts })}
                  </span>
                </span>
                <span className="meta type-states">
                  {type
                    ? type.states.map((state) => words(state)).join(' → ')
                    : one.own
                      ? t('team.forms_own', { n: one.own })
                      : ''}
                </span>
                <span className="second">
                  {one.version ? t('team.forms_version', { n: one.version }) : t('team.forms_untouched')}
                </span>
                <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
              </Link>
              {type?.can.retire ? (
                <Sure what={t('own.type_retire')} of={words(type.label)} run={() => void turn(type)}>
                  {t('own.type_retire')}
                </Sure>
              ) : null}
            </li>
          );
        })}
      </ul>
      {away.length ? (
        <section className="type-away">
          <h2>{t('own.types_away')}</h2>
          <ul>
            {away.map((one) => (
              <li key={one.slug}>
                <span>{words(one.label)}</span>
                <button type="button" className="act" onClick={() => void turn(one)}>
                  {t('own.type_return')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Suspense fallback={null}>{making ? <NewType close={() => setMaking(false)} /> : null}</Suspense>
    </>
  );
}
