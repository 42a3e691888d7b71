import { Button } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type CareCalendar as Data, useCareCalendar, useCareOverview, type Whose } from '@/api/care';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { CareTabs } from '@/components/CareTabs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { formatMonth } from '@/lib/time';
import { rich, t } from '@/locales';
import { AddCare } from './AddCare';
import { CareAside } from './CareAside';
import { CareCalendar } from './CareCalendar';
import { DayDialog } from './DayDialog';
import { CareItems } from './Items';
import { addDays, monthOf, type Shown, SIX_WEEKS } from './range';
import './care.css';

const VIEWS = ['month', 'weeks', 'list'] as const;
type View = (typeof VIEWS)[number];

/** What is planned, what was done of what was due, and who would hear from us too often. */
function Sentence({ data, crowd, month }: { data: Data; crowd: number; month: boolean }) {
  const phone = usePhone();
  const span = t(month ? 'care.span_month' : 'care.span_weeks');
  const { planned, due, done } = data.figures;
  const share = due >= 10 ? t('care.share', { n: Math.round((done / due) * 100) }) : '';
  return (
    <p className={phone ? 'second care-sentence' : 'care-sentence song'}>
      {rich(due ? 'care.sentence' : 'care.sentence_new', { planned, due, done, share, span }, 'care-number')}
      {crowd ? (
        <a className="verm care-crowd-link" href="#care-crowd">
          {t('care.sentence_crowd', { n: crowd })}
        </a>
      ) : null}
    </p>
  );
}

/** 关怀: six rolling weeks with lunar dates, a month or a list; beside it what to mend and to arrange. */
export function CarePage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const asked = params.get('view') as View | null;
  const view: View = phone ? 'list' : asked && VIEWS.includes(asked) ? asked : 'weeks';
  // Whoever leads looks at his people's first.
  const leads = useCan('approval.pass');
  const said = params.get('whose');
  const whose: Whose = said === 'team' || (leads && said !== 'mine') ? 'team' : 'mine';
  const [from, setFrom] = useState('');
  const [open, setOpen] = useState<Shown | null>(null);
  const [adding, setAdding] = useState(false);
  const range = view === 'month' ? monthOf(from) : { from, days: SIX_WEEKS };
  const query = useCareCalendar(range.from, range.days, whose);
  const overview = useCareOverview(whose);
  const data = query.data;
  const put = (key: string, value: string) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.set(key, value);
      return next;
    });
  const first = data?.days[0]?.day ?? '';
  const step = (by: number) => {
    if (view === 'month') setFrom(addDays(range.from, by > 0 ? 45 : -10));
    else if (first) setFrom(addDays(first, by * 14));
  };
  const whoseChoice = (
    <Radios
      className="care-switch"
      each="plain"
      label={t('care.whose')}
      value={whose}
      onChange={(next) => put('whose', next)}
      choices={(['mine', 'team'] as const).map((key) => ({ key, label: t(`care.whose_${key}`) }))}
    />
  );
  if (query.error && !data) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <TopBar title={t('shell.care')} tabs={phone ? undefined : <CareTabs />} />
      {phone ? <CareTabs /> : null}
      <div className="care">
        <header className="care-head">
          {data ? (
            <Sentence data={data} crowd={overview.data?.crowded.count ?? 0} month={view === 'month'} />
          ) : (
            <span className="care-sentence" />
          )}
          <div className="care-tools">
            {phone ? null : (
              <Radios
                className="care-switch"
                each="plain"
                label={t('care.view')}
                value={view}
                onChange={(next) => put('view', next)}
                choices={VIEWS.map((key) => ({ key, label: t(`care.view_${key}`) }))}
              />
            )}
            {whoseChoice}
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('care.add')}
            </Button>
          </div>
        </header>
        <div className="care-grid">
          {!data ? (
            <section className="sheet care-main">
              <SkeletonRows rows={6} height={96} />
            </section>
          ) : view === 'list' ? (
            <CareItems whose={whose} today={data.today} />
          ) : (
            <section className="sheet care-main" aria-label={t('care.calendar')}>
              <div className="care-steps">
                <button
                  type="button"
                  className="icon-act"
                  aria-label={t('care.earlier')}
                  onClick={() => step(-1)}
                >
                  <ChevronLeft size={16} strokeWidth={1.6} />
                </button>
                <button
                  type="button"
                  className="icon-act"
                  aria-label={t('care.later')}
                  onClick={() => step(1)}
                >
                  <ChevronRight size={16} strokeWidth={1.6} />
                </button>
                <b>{formatMonth(view === 'month' ? addDays(range.from, 10) : first)}</b>
                {from ? (
                  <button type="button" className="act" onClick={() => setFrom('')}>
                    {t('care.now')}
                  </button>
                ) : null}
              </div>
              <CareCalendar data={data} crowded={overview.data?.crowded.care_ids ?? []} open={setOpen} />
            </section>
          )}
          {overview.data ? (
            <CareAside data={overview.data} whose={whose} today={data?.today ?? ''} open={setOpen} />
          ) : null}
        </div>
      </div>
      {open ? (
        <DayDialog shown={open} whose={whose} today={data?.today ?? ''} close={() => setOpen(null)} />
      ) : null}
      {adding ? <AddCare today={data?.today ?? ''} close={() => setAdding(false)} /> : null}
    </>
  );
}
