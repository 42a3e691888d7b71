import { Check, Minus, TriangleAlert } from 'lucide-react';
import type { CareChip, CareDay, CareCalendar as Data } from '@/api/care';
import type { Id } from '@/api/types';
import { iconOf } from '@/components/care/kinds';
import { words } from '@/lib/names';
import { formatDay, weekdayHeads } from '@/lib/time';
import { t } from '@/locales';
import type { Shown } from './range';

/** So many chips a day; the rest opens with the day. */
const MOST = 3;

const titleOf = (chip: CareChip) => {
  if (chip.n > 1) return t('care.of_many', { title: chip.title, n: chip.n });
  if (chip.kind === 'birthday' && chip.who) return t('care.birthday_of', { name: chip.who });
  return chip.customer ? `${chip.customer.short} ${chip.title}` : chip.title;
};

function Chip({
  chip,
  day,
  late,
  crowded,
  open,
}: {
  chip: CareChip;
  day: string;
  late: boolean;
  crowded: boolean;
  open: (shown: Shown) => void;
}) {
  const Icon =
    chip.state === 'done'
      ? Check
      : chip.state === 'skipped'
        ? Minus
        : late || crowded
          ? TriangleAlert
          : iconOf(chip.kind);
  const title = titleOf(chip);
  const shown: Shown = { from: day, to: day, title: `${formatDay(day)} ${title}`, state: chip.state };
  if (chip.id !== null) shown.ids = [chip.id];
  else if (chip.plan !== null) shown.plan = chip.plan;
  const look: 'planned' | 'done' | 'skipped' | 'late' | 'crowded' =
    chip.state === 'done' || chip.state === 'skipped'
      ? chip.state
      : late
        ? 'late'
        : crowded
          ? 'crowded'
          : 'planned';
  const said = look === 'planned' ? title : `${title}，${t(`care.look_${look}`)}`;
  return (
    <li>
      <button
        type="button"
        className="plain care-chip"
        data-look={look}
        aria-label={said}
        title={said}
        onClick={() => open(shown)}
      >
        <Icon size={13} strokeWidth={1.6} aria-hidden="true" />
        <span className="cut">{title}</span>
        {chip.lunar ? <span className="care-lunar-mark">{t('care.lunar')}</span> : null}
      </button>
    </li>
  );
}

function Day({
  one,
  at,
  today,
  crowded,
  open,
}: {
  one: CareDay;
  at: number;
  today: string;
  crowded: ReadonlySet<Id>;
  open: (shown: Shown) => void;
}) {
  const date = one.day.slice(8);
  const mark = one.marks[0];
  const whole = { from: one.day, to: one.day, title: formatDay(one.day) };
  const number = date === '01' || at === 0 ? formatDay(one.day, one.day) : String(Number(date));
  return (
    <div className="care-day" data-today={one.day === today || undefined} data-rest={!one.works || undefined}>
      <p className="care-date">
        <b title={formatDay(one.day)}>{number}</b>
        <span className={mark ? 'care-mark' : ''} title={one.marks.map(words).join(t('common.list'))}>
          {words(mark ?? one.lunar)}
        </span>
        {one.odd ? (
          <span className={one.works ? 'care-worked' : 'care-off'}>
            {t(one.works ? 'care.works' : 'care.off')}
          </span>
        ) : null}
      </p>
      <ul>
        {one.chips.slice(0, MOST).map((chip) => (
          <Chip
            key={`${chip.plan} ${chip.id} ${chip.state} ${chip.title}`}
            chip={chip}
            day={one.day}
            late={chip.state === 'planned' && one.day < today}
            crowded={chip.id !== null && crowded.has(chip.id)}
            open={open}
          />
        ))}
      </ul>
      {one.chips.length > MOST ? (
        <button type="button" className="plain care-more" onClick={() => open(whole)}>
          {t('care.more', { n: one.chips.length - MOST })}
        </button>
      ) : null}
    </div>
  );
}

/** Seven columns; the solar day in bold, the lunar one beside it, festivals and terms in plum. */
export function CareCalendar({
  data,
  crowded,
  open,
}: {
  data: Data;
  crowded: readonly Id[];
  open: (shown: Shown) => void;
}) {
  const crowd = new Set(crowded);
  return (
    <>
      <div className="care-week-heads" aria-hidden="true">
        {weekdayHeads().map((name) => (
          <span key={name}>{t('care.weekday', { day: name })}</span>
        ))}
      </div>
      <div className="care-days">
        {data.days.map((one, at) => (
          <Day key={one.day} one={one} at={at} today={data.today} crowded={crowd} open={open} />
        ))}
      </div>
      <footer className="care-legend">
        <span>
          <Check size={13} strokeWidth={1.6} aria-hidden="true" /> {t('care.look_done')}
        </span>
        <span>
          <Minus size={13} strokeWidth={1.6} aria-hidden="true" /> {t('care.legend_skipped')}
        </span>
        <span className="verm">
          <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" /> {t('care.look_late')}
        </span>
        <span className="amber">
          <TriangleAlert size={13} strokeWidth={1.6} aria-hidden="true" /> {t('care.look_crowded')}
        </span>
        <span>
          <b className="care-mark">{t('care.legend_plum')}</b> {t('care.legend_marks')}
        </span>
        {data.unpublished ? (
          <span className="care-unpublished">{t('care.unpublished', { year: data.unpublished })}</span>
        ) : null}
      </footer>
    </>
  );
}
