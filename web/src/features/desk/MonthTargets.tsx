import { Link } from 'react-router';
import { type Progress, useProgress } from '@/api/targets';
import { Meter } from '@/components/Meter';
import { figure, monthName } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';
import './month-targets.css';

function Row({ data, row, own }: { data: Progress; row: Progress['rows'][number]; own: boolean }) {
  return (
    <section>
      <h2 className="week-head">
        <span className="month-whose">
          {own ? null : <span className="cut">{row.name}</span>}
          <span>{t('targets.mine', { month: monthName(data.month) })}</span>
        </span>
        <Link to="/team" className="week-link">
          {t('targets.all')}
        </Link>
      </h2>
      <ul className="month-targets">
        {data.measures.map((measure) => {
          const cell = row.cells[measure.slug];
          if (!cell || cell.target === null) return null;
          const what = words(measure.label);
          const numbers = {
            what,
            done: figure(measure, cell.done),
            target: figure(measure, cell.target),
            expected: figure(measure, cell.expected ?? 0),
          };
          return (
            <li key={measure.slug}>
              <span className="month-target">
                <span>{what}</span>
                <span>
                  <b>{numbers.done}</b> / {numbers.target}
                </span>
              </span>
              <Meter
                done={cell.done}
                target={cell.target}
                expected={cell.expected}
                label={t('targets.meter', numbers)}
              />
            </li>
          );
        })}
      </ul>
      {own ? <p className="meta month-legend">{t('targets.legend_short')}</p> : null}
    </section>
  );
}

/** What I (and the department I lead) set out to do this month, and where that should be today. */
export function MonthTargets() {
  const { data } = useProgress();
  if (!data) return null;
  if (data.rows.length === 0) {
    return data.can.set ? (
      <p className="week-head">
        <span className="second">{t('targets.none_yet', { month: monthName(data.month) })}</span>
        <Link to="/team/targets" className="week-link">
          {t('targets.set')}
        </Link>
      </p>
    ) : null;
  }
  return (
    <>
      {data.rows.map((row) => (
        <Row key={`${row.kind}${row.id}`} data={data} row={row} own={row.kind === 'member'} />
      ))}
    </>
  );
}
