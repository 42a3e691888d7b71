import { useSearchParams } from 'react-router';
import { COMPLAINT_FILTERS, type ComplaintFilter, useComplaintList } from '@/api/complaints';
import { TopBar } from '@/app/TopBar';
import { CareTabs } from '@/components/CareTabs';
import { ComplaintItem } from '@/components/complaints/ComplaintItem';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios, Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';
import '@/components/page-tabs.css';
import './complaints-page.css';

/** 投诉: what customers complained of, by who has it and how long it may still take (R-149). */
export function ComplaintsPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const asked = params.get('which');
  const which: ComplaintFilter = COMPLAINT_FILTERS.find((one) => one === asked) ?? 'open';
  const level = params.get('level') ?? '';
  const query = useComplaintList(which, level);
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  const items = pages.flatMap((page) => page.items);
  const aim = (next: Record<string, string>) => setParams({ which, level, ...next }, { replace: true });
  const number = (key: ComplaintFilter) =>
    key !== 'done' && first?.counts[key] ? ` ${first.counts[key]}` : '';
  return (
    <>
      <TopBar title={t('shell.care')} tabs={phone ? undefined : <CareTabs />} />
      {phone ? <CareTabs /> : null}
      <Tabs<ComplaintFilter>
        className="page-tabs"
        label={t('complaints.title')}
        value={which}
        onChange={(one) => aim({ which: one })}
        choices={COMPLAINT_FILTERS.map((key) => ({
          key,
          label: `${t(`complaints.which_${key}`)}${number(key)}`,
        }))}
      />
      <div className="page-scroll complaints-page">
        {first ? (
          <Radios
            className="complaints-levels"
            label={t('complaints.level')}
            value={level}
            onChange={(one) => aim({ level: one })}
            choices={[
              { key: '', label: t('complaints.all_levels') },
              ...first.options.complaint_level.map((one) => ({ key: one.key, label: words(one) })),
            ]}
          />
        ) : null}
        <Trouble query={query} />
        {query.isPending ? <SkeletonRows rows={6} height={72} /> : null}
        {first && !items.length ? (
          <EmptyState title={t(`complaints.empty_${which}`)} hint={t('complaints.empty_hint')} />
        ) : null}
        {first && items.length ? (
          <ul className="sheet complaints-list">
            {items.map((one) => (
              <ComplaintItem key={one.id} one={one} lists={first.options} customer={one.customer} named />
            ))}
          </ul>
        ) : null}
        <More query={query} />
      </div>
    </>
  );
}
