import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import type { DeskToday } from '@/api/types';
import { SkeletonRows } from '@/components/Skeletons';
import { Spark } from '@/components/Spark';
import { copy } from '@/lib/copy';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { MonthTargets } from './MonthTargets';

function Report({ close }: { close: () => void }) {
  const report = useQuery({
    queryKey: ['desk', 'report'],
    queryFn: () => api.get<{ lines: { customer: string; text: string }[] }>('/desk/weekly-report'),
  });
  const lines = report.data?.lines ?? [];
  const text = lines.map((line) => `${line.customer}：${line.text}`).join('\n');
  return (
    <Modal
      open
      title={t('desk.report_title')}
      onCancel={close}
      okText={t('desk.report_copy')}
      onOk={() => void copy(text)}
      okButtonProps={{ disabled: lines.length === 0 }}
      cancelText={t('common.close')}
    >
      {report.isPending ? <SkeletonRows rows={3} /> : null}
      {report.error ? <p>{sentenceOf(report.error)}</p> : null}
      {report.data && lines.length === 0 ? <p className="second">{t('desk.report_empty')}</p> : null}
      <ol className="report">
        {lines.map((line) => (
          <li key={`${line.customer}${line.text}`}>
            <b>{line.customer}</b>
            <span>{line.text}</span>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

/** My week, and what waits for me; nothing else. */
export function WeekColumn({ data }: { data: DeskToday }) {
  const [report, setReport] = useState(false);
  const { week, waiting } = data;
  const due = waiting.filter((row) => row.count > 0);
  return (
    <div className="week">
      <section>
        <h2 className="week-head">
          {t('desk.week')}
          {week.report_lines > 0 ? (
            <button type="button" className="plain week-link" onClick={() => setReport(true)}>
              {t('desk.report', { n: week.report_lines })}
            </button>
          ) : null}
        </h2>
        <dl className="week-figures">
          <dt>{t('desk.records')}</dt>
          <dd>
            <b>{week.records}</b> {t('desk.records_last', { n: week.records_last_week })}
          </dd>
          {week.timely_share === null ? null : (
            <>
              <dt>{t('desk.timely')}</dt>
              <dd>
                <b>{Math.round(week.timely_share * 100)}%</b>{' '}
                {week.late > 0 ? t('desk.late', { n: week.late }) : ''}
              </dd>
            </>
          )}
        </dl>
        {week.score === null ? null : (
          <div className="week-score">
            <div>
              {t('desk.quality')}
              <p>
                <b>{Math.round(week.score)}</b>{' '}
                <span className={(week.score_change ?? 0) < 0 ? 'verm' : 'pine'}>
                  {week.score_change
                    ? t('desk.quality_change', {
                        way: week.score_change > 0 ? '↑' : '↓',
                        n: Math.abs(Math.round(week.score_change)),
                      })
                    : ''}
                  {t('desk.quality_weeks', { n: week.score_series.length })}
                </span>
              </p>
            </div>
            <Spark series={week.score_series} />
          </div>
        )}
      </section>
      <MonthTargets />
      {due.length > 0 ? (
        <section>
          <h2 className="week-head">{t('desk.waiting')}</h2>
          <ul className="waiting">
            {due.map((row) => (
              <li key={row.key}>
                <Link to={row.link}>
                  <span className="waiting-what">
                    <span className="cut">{words(row)}</span>
                    <span className="meta cut" title={words(row.note)}>
                      {words(row.note)}
                    </span>
                  </span>
                  <b>
                    {row.count}
                    {row.capped ? '+' : ''}
                  </b>
                  <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="week-keys meta">
        <span>
          <kbd>J</kbd> <kbd>K</kbd> {t('shell.keys_move')}
        </span>
        <span>
          <kbd>L</kbd> {t('common.log')}
        </span>
        <span>
          <kbd>E</kbd> {t('desk.done')}
        </span>
        <span>
          <kbd>H</kbd> {t('shell.keys_reschedule')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('shell.keys_open')}
        </span>
        <span>
          <kbd>?</kbd> {t('shell.keys_all')}
        </span>
      </p>
      {report ? <Report close={() => setReport(false)} /> : null}
    </div>
  );
}
