import { useState } from 'react';
import { type Care, useCareItems, type Whose } from '@/api/care';
import { CareRow } from '@/components/care/CareRow';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { formatDateHead } from '@/lib/time';
import { t } from '@/locales';
import { addDays } from './range';

const WHICH = ['open', 'late', 'done'] as const;
type Which = (typeof WHICH)[number];

const rangeOf = (which: Which, today: string) => {
  if (which === 'open') return { from: today, to: addDays(today, 60), state: 'planned' };
  if (which === 'late') return { from: addDays(today, -180), to: addDays(today, -1), state: 'planned' };
  return { from: addDays(today, -60), to: addDays(today, 60), state: 'done' };
};

/** Care as a list, day by day: what the phone shows. */
export function CareItems({ whose, today }: { whose: Whose; today: string }) {
  const [which, setWhich] = useState<Which>('open');
  const query = useCareItems({ ...rangeOf(which, today), whose });
  const page = query.data;
  const days = new Map<string, Care[]>();
  for (const one of page?.items ?? []) days.set(one.due_on, [...(days.get(one.due_on) ?? []), one]);
  return (
    <section className="sheet care-main care-list" aria-label={t('care.list')}>
      <Tabs
        className="care-switch"
        each="plain"
        label={t('care.list')}
        value={which}
        onChange={setWhich}
        choices={WHICH.map((key) => ({ key, label: t(`care.list_${key}`) }))}
      />
      {query.error && !page ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : !page ? (
        <SkeletonRows rows={6} height={56} />
      ) : !page.items.length ? (
        <EmptyState
          title={t(`care.none_${which}`)}
          hint={which === 'open' ? t('care.none_hint') : undefined}
        />
      ) : (
        [...days].map(([day, items]) => (
          <section key={day} className="care-list-day">
            <h2>{formatDateHead(day)}</h2>
            <ul>
              {items.map((one) => (
                <CareRow key={one.id} one={one} options={page.options} today={today} />
              ))}
            </ul>
          </section>
        ))
      )}
      {page?.next ? (
        <p className="meta care-rest">{t('care.and_more', { n: page.count - page.items.length })}</p>
      ) : null}
    </section>
  );
}
