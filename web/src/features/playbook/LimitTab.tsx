import { InputNumber, Segmented, Switch } from 'antd';
import { CalendarClock } from 'lucide-react';
import type { ClockKind, ExampleDay, Limit } from '@/api/playbooks';
import { useWorkedExample } from '@/api/playbooks';
import { words } from '@/lib/names';
import { formatClock, wallOf } from '@/lib/time';
import { locale, t } from '@/locales';
import { Ladder } from './Ladder';
import type { Edited } from './NodePanel';
import { Row } from './Row';
import { CLOCKS, factsOf, spanSaid } from './said';

const FIRST: Limit = { amount: 2, clock: 'workdays', warn_hours: 24, pause_waiting: true };
/** A strip holds so many days; of a longer time its middle is left out. */
const STRIP = 7;
const WEEKDAYS = '日一二三四五六';
const WEEKDAYS_EN = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];

function dayHead(on: string): string {
  const { day, weekday } = wallOf(on);
  return `${day} ${locale() === 'zh-CN' ? WEEKDAYS[weekday] : WEEKDAYS_EN[weekday]}`;
}
function dayWords(day: ExampleDay, due: string | null): string {
  if (due) return t('playbook.due_at', { at: formatClock(due) });
  if (day.kind === 'enter') return t('playbook.day_enter');
  if (day.kind === 'holiday') return day.name || t('playbook.day_off');
  if (day.kind === 'off') return t('playbook.day_off');
  const n = day.n ? String(day.n) : '';
  return day.kind === 'makeup' ? `${n} ${t('playbook.day_makeup')}`.trim() : n;
}

/** The limit on the real calendar: from the day one enters to the day it is due. */
function Example({ bookKey, limit }: { bookKey: string; limit: Limit }) {
  const { data } = useWorkedExample(bookKey, limit);
  if (!data) return <div className="pb-example" aria-busy="true" />;
  const { days, due_at: due } = data;
  const last = days.length - 1;
  const shown = days.length > STRIP ? [...days.slice(0, STRIP - 2), null, ...days.slice(-1)] : days;
  return (
    <div className="pb-example">
      <p className={data.unpublished_year ? 'amber' : 'meta'}>{words(data.words)}</p>
      <ol className="pb-strip">
        {shown.map((day) =>
          day ? (
            <li key={day.on} data-kind={day === days[last] ? 'due' : day.kind}>
              <span className="meta">{dayHead(day.on)}</span>
              <b className="cut" title={day.name ?? undefined}>
                {dayWords(day, day === days[last] ? due : null)}
              </b>
            </li>
          ) : (
            <li key="rest" data-kind="rest">
              <span className="meta">…</span>
              <b>{t('playbook.days_between', { n: days.length - STRIP + 1 })}</b>
            </li>
          ),
        )}
      </ol>
    </div>
  );
}

/** 时限与上报: by when, shown on the calendar, and what happens when it is not done. */
export function LimitTab(edited: Edited) {
  const { shaping, node, set } = edited;
  const { limit } = node;
  const facts = factsOf(shaping.latest, node.key);
  const patch = (values: Partial<Limit>, tag = '') => limit && set({ limit: { ...limit, ...values } }, tag);
  return (
    <>
      <section className="pb-part">
        <label className="pb-switch">
          <b>{t('playbook.limit')}</b>
          <Switch
            size="small"
            aria-label={t('playbook.limit')}
            checked={limit !== null}
            onChange={(on) => set({ limit: on ? FIRST : null })}
          />
        </label>
        {limit ? (
          <>
            <div className="pb-limit-row">
              <InputNumber
                aria-label={t('playbook.amount')}
                min={1}
                max={999}
                precision={0}
                value={limit.amount}
                onChange={(amount) => amount && patch({ amount }, 'amount')}
              />
              <Segmented<ClockKind>
                block
                aria-label={t('playbook.clock')}
                value={limit.clock}
                options={CLOCKS.map((value) => ({ value, label: t(`playbook.clock_${value}`) }))}
                onChange={(clock) => patch({ clock })}
              />
            </div>
            <Example bookKey={shaping.base.key} limit={limit} />
            <label className="pb-switch">
              <span className="second">{t('playbook.pause')}</span>
              <Switch
                size="small"
                aria-label={t('playbook.pause')}
                checked={limit.pause_waiting}
                onChange={(pause_waiting) => patch({ pause_waiting })}
              />
            </label>
            <Row label={t('playbook.warn')}>
              <InputNumber
                aria-label={t('playbook.warn')}
                min={1}
                max={9999}
                precision={0}
                value={limit.warn_hours}
                suffix={t('playbook.clock_hours')}
                onChange={(warn_hours) => patch({ warn_hours }, 'warn')}
              />
            </Row>
          </>
        ) : (
          <p className="meta">{t('playbook.limit_none')}</p>
        )}
      </section>
      {limit ? (
        <section className="pb-part">
          <h3>{t('playbook.ladder')}</h3>
          <Ladder {...edited} />
        </section>
      ) : null}
      {limit && facts?.entered_90 ? (
        <p className="second pb-replay">
          <CalendarClock size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('playbook.facts_90', {
            n: facts.entered_90,
            late: facts.late_90,
            reported: facts.reported_90,
            limit: spanSaid(limit.amount, limit.clock),
          })}
        </p>
      ) : null}
    </>
  );
}
