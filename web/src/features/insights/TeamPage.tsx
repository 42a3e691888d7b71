import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type Measure, type TeamMonth, useTeamMonth, type Whose } from '@/api/targets';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { monthName, thisMonth } from '@/lib/figures';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { MonthPicker } from './MonthPicker';
import { type Opened, OwnRows, RowsDrawer } from './RowsDrawer';
import { headline, Summary, wholeOf } from './Summary';
import { TeamCards } from './TeamCards';
import { TeamTable } from './TeamTable';
import { Tools } from './Tools';
import './insights.css';
import './behind.css';

function daysIn(data: TeamMonth, phone: boolean): string {
  const { elapsed, total } = data.days;
  const month = monthName(data.month);
  if (data.month > thisMonth()) return t('targets.days_ahead', { month, total });
  if (data.month < thisMonth()) return t('targets.days_over', { month });
  return t(phone ? 'targets.days_phone' : 'targets.days', { month, elapsed, total });
}

function Body({ data, sort }: { data: TeamMonth; sort: (by: string) => void }) {
  const phone = usePhone();
  const { member } = useMe();
  const [opened, setOpened] = useState<Opened | null>(null);
  const whole = wholeOf(data, member.id);
  const open = (measure: Measure, whose: Whose, name: string) => setOpened({ measure, whose, name });
  // Whoever sees nobody else reads his rows on the page; a number then chooses which.
  const alone = data.departments.length === 0 && data.people.length === 1 && data.people[0]?.id === member.id;
  const picked = opened?.measure ?? data.measures[0];
  const others = data.people.some((one) => one.id !== member.id);
  const sentence = whole ? headline(data, whole) : '';
  const month = monthName(data.month);
  if (!data.has_targets && data.month > thisMonth()) {
    return (
      <EmptyState title={t('targets.empty', { month })} hint={data.can.set ? t('targets.empty_ahead') : null}>
        {data.can.set ? (
          <Link className="state-way" to={`/team/targets?month=${data.month}`}>
            {t('targets.set_month', { month })}
          </Link>
        ) : null}
      </EmptyState>
    );
  }
  return (
    <>
      {data.has_targets ? null : (
        <p className="aim-none">
          <b>{t('targets.empty', { month })}</b>
          <span className="second">{t(data.can.set ? 'targets.empty_set' : 'targets.empty_wait')}</span>
        </p>
      )}
      {sentence ? <h2 className="aim-headline">{sentence}</h2> : null}
      {whole ? <Summary data={data} whole={whole} open={open} /> : null}
      {data.has_targets && data.month === thisMonth() ? (
        <p className="meta aim-legend">{t('targets.legend')}</p>
      ) : null}
      {!whole || data.people.length === 0 ? (
        <EmptyState title={t('targets.nobody')} hint={t('targets.nobody_hint')} />
      ) : null}
      {others || (data.departments.length > 0 && data.people.length > 0) ? (
        phone ? (
          <TeamCards data={data} open={open} />
        ) : (
          <div className="sheet aim-sheet">
            <TeamTable data={data} open={open} sort={sort} />
          </div>
        )
      ) : null}
      {alone && picked ? <OwnRows month={data.month} measure={picked} me={member.id} /> : null}
      {opened && !alone ? (
        <RowsDrawer month={data.month} opened={opened} close={() => setOpened(null)} />
      ) : null}
    </>
  );
}

/** 目标: the team of a month, each number opening to its rows; a member sees himself. */
export function TeamPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const month = params.get('month') ?? thisMonth();
  const by = params.get('by') ?? 'records';
  const { data, error, refetch } = useTeamMonth(month, by);
  const turn = (name: 'month' | 'by', value: string) =>
    setParams((now) => ({ ...Object.fromEntries(now), [name]: value }), { replace: true });
  const team = data ? data.departments.length > 0 || data.can.set : false;
  return (
    <>
      <TopBar
        title={t(data && !team ? 'targets.title_mine' : 'targets.title')}
        sentence={data ? daysIn(data, phone) : null}
      />
      <div className="aims" data-aimed={data?.has_targets ?? true}>
        <div className="aim-bar">
          <MonthPicker month={month} choose={(next) => turn('month', next)} />
          {data ? <Tools data={data} /> : null}
        </div>
        {error && !data ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <SkeletonRows rows={8} /> : null}
        {data ? <Body data={data} sort={(next) => turn('by', next)} /> : null}
      </div>
    </>
  );
}
