import { ArrowRightLeft, Check } from 'lucide-react';
import { useRef, useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { Tabs } from '@/components/Tabs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { BoardProps, Column } from './board';
import './board.css';

/** So far a finger travels sideways before it means the next column, in px. */
const SWIPE = 60;

/** One column at a time: tabs on top, a swipe to the next, a button on each card that may move. */
export function BoardPhone<Row extends { id: number }, C extends Column<Row>>({
  columns,
  busy,
  movable,
  fits,
  open,
  more,
  move,
  name,
  card,
  said: say,
  counted,
}: BoardProps<Row, C>) {
  const filled = columns.findIndex((column) => column.count > 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = columns.findIndex((column) => column.key === chosen);
  const at = found >= 0 ? found : Math.max(0, filled);
  const column = columns[at];
  const touch = useRef<{ x: number; y: number } | null>(null);
  const [moving, setMoving] = useState<Row | null>(null);
  if (!column) return null;
  const said = say(column);
  const step = (by_: number) => {
    const next = columns[at + by_];
    if (next) setChosen(next.key);
  };
  return (
    <>
      <Tabs
        className="btabs"
        each="plain btab"
        label={t('board.by')}
        value={column.key}
        onChange={setChosen}
        choices={columns.map((one) => ({
          key: one.key,
          label: (
            <>
              {words(one)}
              <span className="meta">{counted(say(one).count)}</span>
            </>
          ),
        }))}
      />
      <div
        className="list-scroll bphone"
        onTouchStart={(event) => {
          const finger = event.touches[0];
          if (finger) touch.current = { x: finger.clientX, y: finger.clientY };
        }}
        onTouchEnd={(event) => {
          const finger = event.changedTouches[0];
          if (!touch.current || !finger) return;
          const [x, y] = [finger.clientX - touch.current.x, finger.clientY - touch.current.y];
          if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
          touch.current = null;
        }}
      >
        <p className="bphone-head second">
          <span>
            {[said.sum ? t('board.sum', { v: said.sum }) : '', said.limit]
              .filter(Boolean)
              .join(t('board.comma'))}
            {said.late ? <b className="verm"> {said.late}</b> : null}
          </span>
          <span className="meta">{t('board.swipe')}</span>
        </p>
        {column.items.map((row) => (
          <div className="bcard" key={row.id} data-row={row.id}>
            <button type="button" className="plain bcard-open" onClick={() => open(row)}>
              {card(row)}
            </button>
            {movable(row) ? (
              <button
                type="button"
                className="icon-act bcard-move"
                aria-label={t('board.move', { name: name(row) })}
                onClick={() => setMoving(row)}
              >
                <ArrowRightLeft size={17} strokeWidth={1.6} />
              </button>
            ) : null}
          </div>
        ))}
        {column.items.length === 0 ? <p className="second bphone-none">{t('board.none')}</p> : null}
        {column.next ? (
          <button
            type="button"
            className="act bmore"
            disabled={busy === column.key}
            onClick={() => more(column)}
          >
            {busy === column.key ? t('common.loading') : t('board.more')}
          </button>
        ) : null}
      </div>
      <Sheet
        title={moving ? t('board.move', { name: name(moving) }) : ''}
        open={moving !== null}
        setOpen={(on) => !on && setMoving(null)}
        content={
          <div className="sort-menu">
            {columns
              .filter((one) => one.key && !one.retired && (!moving || (fits?.(moving, one) ?? true)))
              .map((one) => (
                <button
                  type="button"
                  className="plain filter-field"
                  key={one.key}
                  aria-pressed={one.key === column.key}
                  onClick={() => {
                    if (moving && one.key !== column.key) move(moving, one);
                    setMoving(null);
                  }}
                >
                  {words(one)}
                  {one.key === column.key ? <Check size={15} strokeWidth={1.6} aria-hidden="true" /> : null}
                </button>
              ))}
          </div>
        }
      />
    </>
  );
}
