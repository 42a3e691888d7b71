import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { ChevronLeft, ChevronRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { queryClient, refreshWork } from '@/api/queries';
import type { Body } from '@/api/types';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { dayOf } from '@/lib/calendar';
import { say, sayFailure } from '@/lib/notify';
import { formatDateHead, now } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from './FormRow';
import { Section } from './Section';
import { type Day, daysIn, type Span, spansOf } from './spans';
import './calendar-page.css';

interface Year {
  year: number;
  hours: { opening: string; closing: string };
  published: boolean;
  complete: boolean;
  official: Day[];
  days: Day[];
}
const KEY = 'work-calendar';
const FIRST = 2001;
const LAST = 2100;

const named = ({ from, to }: Span) => {
  const head = formatDateHead(from, undefined, true);
  return from === to ? head : `${head} – ${formatDateHead(to, undefined, true)}`;
};
const worked = (works: boolean) => t(works ? 'people.day_works' : 'people.day_off');
const again = () => {
  void queryClient.invalidateQueries({ queryKey: [KEY] });
  // The clocks of customers and the days of deadlines follow.
  refreshWork();
};

function AddDays() {
  const today = dayOf(now());
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState('');
  const [works, setWorks] = useState(false);
  const [name, setName] = useState('');
  const days = daysIn(from, to || from);
  const { busy, submit, sentence } = useSubmit(async () => {
    const body: Body<'DaysIn'> = { days: days.map((day) => ({ day, works, name: name.trim() })) };
    await api.put('/calendar/days', body);
    setTo('');
    setName('');
    again();
    say(t('common.saved'));
  });
  return (
    <form
      className="me-form day-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="me-pair">
        <FormRow label={t('people.day_from')}>
          <DateInput label={t('people.day_from')} value={from} onChange={(day) => setFrom(day ?? today)} />
        </FormRow>
        <FormRow label={t('people.day_to')}>
          <DateInput label={t('people.day_to')} value={to} min={from} onChange={(day) => setTo(day ?? '')} />
        </FormRow>
      </div>
      <div className="me-pair">
        <FormRow label={t('people.day_what')}>
          <Segmented<boolean>
            value={works}
            onChange={setWorks}
            options={[false, true].map((value) => ({ value, label: worked(value) }))}
          />
        </FormRow>
        <FormRow label={t('people.day_name')} error={sentence}>
          <Input
            value={name}
            maxLength={60}
            placeholder={t('people.day_name_hint')}
            onChange={(event) => setName(event.target.value)}
          />
        </FormRow>
      </div>
      <Button htmlType="submit" loading={busy} disabled={!days.length}>
        {t('people.day_add', { n: days.length })}
      </Button>
    </form>
  );
}

function Own({ spans, change }: { spans: Span[]; change: boolean }) {
  const remove = async (span: Span) => {
    try {
      await api.delete(`/calendar/days/${span.from}`, { query: { to: span.to } });
    } catch (failure) {
      sayFailure(failure);
    }
    again();
  };
  if (!spans.length) return <p className="second">{t('people.days_none')}</p>;
  return (
    <ul className="me-members">
      {spans.map((span) => (
        <li key={span.from}>
          <span>
            {named(span)}
            <span className="meta">{[worked(span.works), span.name].filter(Boolean).join(' · ')}</span>
          </span>
          {change ? (
            <Sure
              className="icon-act"
              what={t('common.delete')}
              of={named(span)}
              run={() => void remove(span)}
            >
              <Trash2 size={16} strokeWidth={1.6} />
            </Sure>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** The days on which the team does otherwise than its weekdays say: the official notice, and over it its own. */
export function WorkDays() {
  const { verbs } = useMe();
  const [year, setYear] = useState(() => Number(dayOf(now()).slice(0, 4)));
  const read = useQuery({
    queryKey: [KEY, year],
    queryFn: () => api.get<Year>('/calendar', { query: { year } }),
  });
  const complete = async (value: boolean) => {
    try {
      const body: Body<'YearIn'> = { complete: value };
      await api.put(`/calendar/years/${year}`, body);
    } catch (failure) {
      sayFailure(failure);
    }
    again();
  };
  const shown = read.data;
  const change = verbs.includes('calendar.set');
  return (
    <Section id="calendar" title={t('people.calendar')} note={t('people.calendar_hint')}>
      <div className="year-line">
        <button
          type="button"
          className="icon-act"
          aria-label={t('people.year_before')}
          disabled={year <= FIRST}
          onClick={() => setYear(year - 1)}
        >
          <ChevronLeft size={18} strokeWidth={1.6} />
        </button>
        <b className="num">{year}</b>
        <button
          type="button"
          className="icon-act"
          aria-label={t('people.year_after')}
          disabled={year >= LAST}
          onClick={() => setYear(year + 1)}
        >
          <ChevronRight size={18} strokeWidth={1.6} />
        </button>
        {shown ? <span className="second">{t('people.hours', shown.hours)}</span> : null}
      </div>
      {shown ? (
        <>
          <b>{t('people.official')}</b>
          <ul className="day-chips">
            {spansOf(shown.official).map((span) => (
              <li key={span.from} className={span.works ? 'day-chip works' : 'day-chip'}>
                {named(span)} {worked(span.works)}
              </li>
            ))}
          </ul>
          {shown.published ? null : (
            <p className="year-line second">
              {t(shown.complete ? 'people.year_entered' : 'people.year_unknown', { year })}
              {change ? (
                <Button size="small" onClick={() => void complete(!shown.complete)}>
                  {t(shown.complete ? 'people.year_reopen' : 'people.year_done')}
                </Button>
              ) : null}
            </p>
          )}
          <b>{t('people.days_own')}</b>
          <Own spans={spansOf(shown.days)} change={change} />
        </>
      ) : (
        <SkeletonRows rows={3} />
      )}
      {change ? <AddDays /> : null}
    </Section>
  );
}
