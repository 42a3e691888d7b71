import { CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Dot } from '@/components/Chip';
import { useDrag } from '@/lib/drag';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { BoardProps, Column } from './board';
import './board.css';

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** Where the keyboard is, and the card it has lifted with the column it would go to. */
interface Lifted<Row> {
  row: Row;
  from: number;
  to: number;
}

/** All columns beside each other. Cards are dragged, or lifted with Space and moved with the arrows. */
export function BoardColumns<Row extends { id: number }, C extends Column<Row>>({
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
  tell,
}: BoardProps<Row, C> & { tell: (words: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [lifted, setLifted] = useState<Lifted<Row> | null>(null);
  const drag = useDrag<{ row: Row; from: string }>({
    movable: ({ row }) => movable(row),
    find: (x, y) =>
      document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]')?.dataset.drop ?? null,
    drop: ({ row, from }, key) => {
      const to = columns.find((column) => column.key === key);
      if (to && key !== from && (fits?.(row, to) ?? true)) move(row, to);
    },
    scroller: () => box.current,
  });

  const focus = (column: number, place: number) => {
    const cards = box.current?.querySelectorAll<HTMLElement>(`[data-column="${column}"] .bcard`);
    cards?.[Math.min(place, cards.length - 1)]?.focus();
  };
  const lift = (row: Row, from: number) => {
    setLifted({ row, from, to: from });
    tell(t('board.lifted', { name: name(row) }));
  };
  const press = (event: React.KeyboardEvent, row: Row, column: number, place: number) => {
    const step = STEPS[event.key];
    if (lifted?.row.id === row.id) {
      event.preventDefault();
      event.stopPropagation();
      const to = step === undefined ? undefined : columns[lifted.to + step];
      if (to) {
        setLifted({ ...lifted, to: lifted.to + (step as number) });
        tell(words(to));
      }
      if (event.key === 'Escape') setLifted(null);
      if (event.key === ' ' || event.key === 'Enter') {
        const target = columns[lifted.to];
        setLifted(null);
        if (target && lifted.to !== lifted.from && (fits?.(row, target) ?? true)) {
          move(row, target);
          setTimeout(() => focus(lifted.to, 0), 60);
        }
      }
      return;
    }
    if (event.key === 'Enter') open(row);
    if (event.key === ' ') {
      event.preventDefault();
      if (movable(row)) lift(row, column);
    }
    if (step !== undefined) {
      event.preventDefault();
      for (let next = column + step; columns[next]; next += step) {
        if (columns[next]?.items.length) {
          focus(next, place);
          break;
        }
      }
    }
    const along = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (along && place + along >= 0) {
      event.preventDefault();
      focus(column, place + along);
    }
  };
  const over = (column: C, at: number): Row | null => {
    const may = (row: Row) => fits?.(row, column) ?? true;
    if (drag.held && drag.over === column.key && drag.held.from !== column.key)
      return may(drag.held.row) ? drag.held.row : null;
    return lifted && lifted.to === at && lifted.from !== at && may(lifted.row) ? lifted.row : null;
  };
  const held = drag.held?.row ?? lifted?.row ?? null;
  return (
    <div
      className="board"
      ref={box}
      role="list"
      aria-label={t('board.layout_board')}
      data-dragging={drag.held !== null}
    >
      {columns.map((column, at) => {
        const said = say(column);
        const coming = over(column, at);
        return (
          <section
            className="bcolumn"
            role="listitem"
            key={column.key}
            aria-label={`${words(column)} ${said.count}`}
            data-column={at}
            data-drop={column.key}
            data-over={coming !== null || undefined}
            data-shut={held && !(fits?.(held, column) ?? true) ? true : undefined}
          >
            <header className="bhead">
              <span className="bhead-line">
                <Dot color={column.color} />
                <b className="cut">{words(column)}</b> <span className="second">{said.count}</span>
                {said.late ? (
                  <span className="bhead-late verm">
                    <CircleAlert size={14} strokeWidth={1.8} aria-hidden="true" />
                    {said.late}
                  </span>
                ) : null}
              </span>
              <span className="bhead-line meta">
                {said.limit} <span className="bhead-sum">{said.sum}</span>
              </span>
            </header>
            <div className="bcards">
              {coming ? <p className="bdrop">{t('board.drop', { name: name(coming) })}</p> : null}
              {column.items.map((row, place) => (
                <div
                  key={row.id}
                  className="bcard"
                  data-row={row.id}
                  role="button"
                  tabIndex={0}
                  aria-roledescription={movable(row) ? t('board.card_movable') : undefined}
                  data-held={drag.held?.row.id === row.id || lifted?.row.id === row.id || undefined}
                  data-movable={movable(row) || undefined}
                  onPointerDown={(event) => drag.start(event, { row, from: column.key })}
                  onClick={() => {
                    if (!drag.moved()) open(row);
                  }}
                  onKeyDown={(event) => press(event, row, at, place)}
                  onBlur={() => lifted?.row.id === row.id && setLifted(null)}
                >
                  {card(row)}
                </div>
              ))}
              {column.next ? (
                <button
                  type="button"
                  className="act bmore"
                  disabled={busy === column.key}
                  onClick={() => more(column)}
                >
                  {busy === column.key
                    ? t('common.loading')
                    : column.capped
                      ? t('board.more')
                      : t('board.more_n', { n: column.count - column.items.length })}
                </button>
              ) : null}
            </div>
          </section>
        );
      })}
      {drag.held
        ? createPortal(
            <div className="bcard bghost" ref={drag.ghost} aria-hidden="true">
              {card(drag.held.row)}
            </div>,
            document.body,
          )
        : null}
    </div>
  );
}
