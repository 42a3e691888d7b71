import { useMe } from '@/app/session';
import { type Due, type Move, moveDays, movedTo } from '@/lib/moving';
import { formatWhen, instantOf, now, wallOf } from '@/lib/time';
import { t } from '@/locales';
import './move-menu.css';

const two = (figure: number) => String(figure).padStart(2, '0');

function isoDay(wall: { year: number; month: number; day: number }): string {
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

/** Three usual days and a free one. */
export function MoveMenu({ item, choose }: { item: Due; choose: (to: Move) => void }) {
  const { org } = useMe();
  const [tomorrow, friday, monday] = moveDays();
  const fridayLabel = friday > 4 ? t('desk.next_friday') : t('desk.friday');
  const rows: [string, string, number][] = [
    ['1', t('desk.tomorrow'), tomorrow],
    ['2', fridayLabel, friday],
    ['3', t('desk.monday'), monday],
  ];
  const pick = (value: string) => {
    const [year, month, day] = value.split('-').map(Number);
    const [hour, minute] = org.closing_time.split(':').map(Number);
    if (!year || !month || !day) return;
    choose({
      due_at: instantOf({ year, month, day, hour: hour ?? 18, minute: minute ?? 0 }),
      precision: 'day',
    });
  };
  return (
    <div className="move-menu">
      {rows.map(([key, label, days]) => {
        const to = movedTo(item, days, org.closing_time);
        return (
          <button type="button" className="plain move-row" key={key} onClick={() => choose(to)}>
            <kbd>{key}</kbd>
            <span>{label}</span>
            <span className="meta">{formatWhen(to.due_at, to.precision)}</span>
          </button>
        );
      })}
      <label className="move-row move-date">
        <span>{t('desk.other_day')}</span>
        <input type="date" min={isoDay(wallOf(now()))} onChange={(event) => pick(event.target.value)} />
      </label>
    </div>
  );
}
