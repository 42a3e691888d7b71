import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { type Figures, type SatisfactionOverview, type Survey, useOverview, useSurveys } from '@/api/surveys';
import { TopBar } from '@/app/TopBar';
import { CareTabs } from '@/components/CareTabs';
import { Trouble } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { formatDay, formatMonth } from '@/lib/time';
import { t } from '@/locales';
import { SettingsDialog, SurveyDialog } from './SurveyDialogs';
import '@/components/page-tabs.css';
import '@/components/surveys/surveys.css';
import './satisfaction.css';

const PERIODS = [90, 365] as const;
const SCORES = [5, 4, 3, 2, 1] as const;

/** An average, or that there are too few to tell; always how many. */
function Average({ of }: { of: Figures }) {
  return (
    <span className="satis-average">
      {of.average === null ? (
        <span className="second">{t('surveys.too_few')}</span>
      ) : (
        <b>{of.average.toFixed(1)}</b>
      )}
      <span className="meta">n = {of.n}</span>
    </span>
  );
}

function Part({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="sheet satis-part">
      <header>
        <h2>{title}</h2>
        {note}
      </header>
      {children}
    </section>
  );
}

function Rows({ rows }: { rows: (Figures & { name: string })[] }) {
  if (!rows.length) return <p className="second">{t('surveys.none_yet')}</p>;
  return (
    <ul>
      {rows.map((row) => (
        <li className="satis-row" key={row.name}>
          <span className="cut">{row.name}</span>
          {row.average === null ? (
            <span />
          ) : (
            <span className="satis-bar" aria-hidden="true">
              <i style={{ width: `${(row.average / 5) * 100}%` }} />
            </span>
          )}
          <Average of={row} />
        </li>
      ))}
    </ul>
  );
}

function Whole({ page }: { page: SatisfactionOverview }) {
  const most = Math.max(1, ...Object.values(page.scores));
  const { asked } = page;
  return (
    <Part title={t('surveys.whole')}>
      <p className="satis-whole">
        {page.average === null ? (
          <b className="satis-few">{t('surveys.too_few')}</b>
        ) : (
          <b className="satis-big">{page.average.toFixed(1)}</b>
        )}
        <span className="meta">{t('surveys.whole_n', { n: page.n })}</span>
      </p>
      <ul>
        {SCORES.map((score) => (
          <li className="satis-row" key={score}>
            <span>{t('surveys.points', { n: score })}</span>
            <span className="satis-bar" aria-hidden="true">
              <i
                data-low={score <= 2 || undefined}
                style={{ width: `${((page.scores[score] ?? 0) / most) * 100}%` }}
              />
            </span>
            <span className="satis-average">{page.scores[score] ?? 0}</span>
          </li>
        ))}
      </ul>
      <p className="satis-asked">
        {asked.sent
          ? t('surveys.asked', { sent: asked.sent, answered: asked.answered, open: asked.open })
          : t('surveys.asked_none')}
        {asked.rate === null ? null : <b> {t('surveys.rate', { n: asked.rate })}</b>}
      </p>
    </Part>
  );
}

function Low({ page }: { page: SatisfactionOverview }) {
  return (
    <Part title={t('surveys.low_title')} note={<Link to="/complaints">{t('surveys.to_complaints')}</Link>}>
      {page.low.length ? (
        <ul>
          {page.low.map((one) => (
            <li className="score-said" key={one.id}>
              <span className="score-mark" data-low>
                {one.score}
              </span>
              <span>
                <Link to={`/customers/${one.customer.id}#satisfaction`}>{one.customer.name}</Link>{' '}
                {one.comment || t('surveys.no_words')}
              </span>
              <span className="meta">{formatDay(one.at)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="second">{t('surveys.low_none')}</p>
      )}
    </Part>
  );
}

function TheSurveys() {
  const { data } = useSurveys();
  const [editing, setEditing] = useState<Survey | 'new' | 'settings' | null>(null);
  if (!data) return null;
  const close = () => setEditing(null);
  return (
    <Part
      title={t('surveys.all')}
      note={
        <span className="survey-acts">
          {data.can.configure ? (
            <button type="button" className="act" onClick={() => setEditing('settings')}>
              {t('surveys.settings')}
            </button>
          ) : null}
          {data.can.edit ? (
            <Button icon={<Plus size={16} strokeWidth={1.6} />} onClick={() => setEditing('new')}>
              {t('surveys.new')}
            </Button>
          ) : null}
        </span>
      }
    >
      <p className="meta">{t('surveys.rules', { days: data.settings.days, low: data.settings.low })}</p>
      {data.items.length ? (
        <ul>
          {data.items.map((one) => (
            <li className="satis-survey" key={one.id} data-off={!one.active || undefined}>
              <span>
                <b>{one.title}</b> <span className="second">{one.question}</span>
                <span className="meta">
                  {[
                    one.every_months ? t('surveys.every', { n: one.every_months }) : t('surveys.by_hand'),
                    one.about,
                    one.active ? '' : t('surveys.off'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {data.can.edit ? (
                <button type="button" className="act" onClick={() => setEditing(one)}>
                  {t('common.edit')}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="second">{t('surveys.all_none')}</p>
      )}
      {editing === 'settings' ? <SettingsDialog settings={data.settings} close={close} /> : null}
      {editing && editing !== 'settings' ? (
        <SurveyDialog one={editing === 'new' ? null : editing} close={close} />
      ) : null}
    </Part>
  );
}

/** 满意度: how content customers are, by whom and about what, and how many answered. */
export function SatisfactionPage() {
  const phone = usePhone();
  const [days, setDays] = useState<number>(365);
  const query = useOverview(days);
  const page = query.data;
  return (
    <>
      <TopBar title={t('shell.care')} tabs={phone ? undefined : <CareTabs />} />
      {phone ? <CareTabs /> : null}
      <div className="page-scroll satis-page">
        <Radios<number>
          className="satis-periods"
          label={t('surveys.period')}
          value={days}
          onChange={setDays}
          choices={PERIODS.map((key) => ({ key, label: t(`surveys.days_${key}`) }))}
        />
        <Trouble query={query} />
        {query.isPending ? <SkeletonRows rows={6} height={54} /> : null}
        {page?.hidden ? <p className="second">{t('surveys.hidden')}</p> : null}
        {page && !page.hidden ? (
          <div className="satis-grid">
            <Whole page={page} />
            <Low page={page} />
            <Part title={t('surveys.by_month')}>
              <Rows rows={page.months.map((one) => ({ ...one, name: formatMonth(`${one.month}-01`) }))} />
            </Part>
            {page.teams.length ? (
              <Part title={t('surveys.by_team')}>
                <Rows rows={page.teams} />
              </Part>
            ) : null}
            {page.people.length ? (
              <Part title={t('surveys.by_person')}>
                <Rows rows={page.people} />
              </Part>
            ) : null}
            {page.about.length ? (
              <Part title={t('surveys.by_about')}>
                <Rows rows={page.about} />
              </Part>
            ) : null}
          </div>
        ) : null}
        <TheSurveys />
      </div>
    </>
  );
}
