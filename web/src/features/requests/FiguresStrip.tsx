import { useState } from 'react';
import { type Measured, useFigures } from '@/api/requests';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** Minutes of working time in the unit that people say: 40 分钟, 3.5 小时. */
function spent(minutes: number | null): string {
  if (minutes === null) return '—';
  return minutes < 60
    ? t('requests.minutes', { n: minutes })
    : t('requests.hours', { n: Math.round(minutes / 6) / 10 });
}
const share = (one: Measured) =>
  one.in_time_share === null ? '—' : `${Math.round(one.in_time_share * 100)}%`;

/** How fast departments answer, in working time: the whole as a line, each department and kind below it. */
export function FiguresStrip() {
  const { data } = useFigures(true);
  const [open, setOpen] = useState(false);
  if (!data?.total.asked) return null;
  const { total } = data;
  return (
    <section className="sheet req-figures" aria-label={t('requests.figures')}>
      <div className="req-sums">
        <p className="req-sum">
          <b>{total.asked}</b>
          <span className="meta">{t('requests.figures_asked', { n: data.days })}</span>
        </p>
        <p className="req-sum">
          <b>{spent(total.response_minutes)}</b>
          <span className="meta">{t('requests.figures_response')}</span>
        </p>
        <p className="req-sum">
          <b>{spent(total.delivery_minutes)}</b>
          <span className="meta">{t('requests.figures_delivery')}</span>
        </p>
        <p className="req-sum">
          <b>{share(total)}</b>
          <span className="meta">{t('requests.figures_in_time')}</span>
        </p>
        <button type="button" className="act" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'requests.figures_less' : 'requests.figures_more')}
        </button>
      </div>
      {open ? (
        <div className="req-table">
          <table>
            <thead>
              <tr className="meta">
                <th>{t('requests.figures_department')}</th>
                <th>{t('requests.kind')}</th>
                <th data-right>{t('requests.figures_many')}</th>
                <th data-right>{t('requests.figures_response')}</th>
                <th data-right>{t('requests.figures_delivery')}</th>
                <th data-right>{t('requests.figures_in_time')}</th>
                <th data-right>{t('requests.figures_overdue')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={`${one.department?.id}${one.kind.key}`}>
                  <td>{one.department?.name ?? '—'}</td>
                  <td>{words(one.kind)}</td>
                  <td data-right>{one.asked}</td>
                  <td data-right>{spent(one.response_minutes)}</td>
                  <td data-right>{spent(one.delivery_minutes)}</td>
                  <td data-right>{share(one)}</td>
                  <td data-right className={one.overdue ? 'verm' : undefined}>
                    {one.overdue}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
