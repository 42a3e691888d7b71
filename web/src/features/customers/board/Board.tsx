import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { BoardColumn, CustomerRow } from '@/api/types';
import { useCan } from '@/app/session';
import { BoardColumns } from '@/components/board/BoardColumns';
import { BoardPhone } from '@/components/board/BoardPhone';
import type { BoardProps } from '@/components/board/board';
import { Trouble } from '@/components/ErrorState';
import type { ListState } from '@/components/list/list-state';
import { Radios } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm, words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { undoWhy } from '../move';
import { BoardCard } from './BoardCard';
import { useBoard } from './use-board';

/** Over the cards: how many, over the limit, the limit, the sum. */
function columnWords(column: BoardColumn): {
  count: string;
  limit: string;
  sum: string;
  late: string;
} {
  return {
    count: `${column.count}${column.capped ? '+' : ''}`,
    limit: column.limit ? t('board.limit', { v: words(column.limit) }) : '',
    sum: column.amount ? formatMoney(column.amount) : '',
    late: column.late ? t('board.late', { n: column.late }) : '',
  };
}

const BOARDS = ['stage', 'life_cycle'] as const;

function ByPicker({ state }: { state: ListState }) {
  const labels = useLabels();
  return (
    <Radios
      className="layouts board-by"
      each="plain layout"
      label={t('board.by')}
      value={state.by}
      onChange={(by) => state.set({ by })}
      choices={BOARDS.map((by) => ({
        key: by,
        label: words(labels.field('customer', by)?.label) || t(`board.by_${by}`),
      }))}
    />
  );
}

/** The customers of the view in columns by stage or life cycle; a card moves by pointer, keyboard or menu. */
export function Board({
  state,
  total,
  empty,
}: {
  state: ListState;
  total: (words: ReactNode) => void;
  empty: ReactNode;
}) {
  const phone = usePhone();
  const labels = useLabels();
  const navigate = useNavigate();
  const mayUpdate = useCan('customer.update');
  const mayGoOn = useCan('customer.move');
  const mayMove = state.by === 'stage' ? mayGoOn : mayUpdate;
  const { board, more, move, busy } = useBoard(state, labels);
  const [told, setTold] = useState('');
  const columns = board.data?.columns ?? [];
  useSums(columns, state, total);
  const field = labels.field('customer', state.by);
  const props: BoardProps<CustomerRow, BoardColumn> = {
    columns,
    busy,
    name: (row) => shortFirm(row.name),
    card: (row) => <BoardCard row={row} />,
    said: columnWords,
    counted: (count) => t('board.count', { n: count }),
    movable: (row) => mayMove && row.editable && field?.read_only === false,
    open: (row) => navigate(`/customers/${row.id}`),
    more: (column) => void more(column),
    move: (row, to) => {
      const from = String((row as unknown as Record<string, unknown>)[state.by] ?? '');
      const back = columns.find((one) => one.key === from);
      void move(row, to.key).then((done) => {
        const sentence = t('board.moved', { name: shortFirm(row.name), to: words(to) });
        if (!done) return;
        setTold(sentence);
        // Where it came from is one press away, unless nobody may stand there again.
        if (back?.key && !back.retired && from !== to.key)
          say(sentence, 'ok', {
            label: t('common.undo'),
            run: () => void takeBack(row.id, back),
          });
        else say(sentence);
      });
    },
  };
  const live = useRef(columns);
  live.current = columns;
  const takeBack = async (id: number, to: BoardColumn) => {
    const row = live.current.flatMap((column) => column.items).find((one) => one.id === id);
    if (row) await move(row, to.key, undoWhy());
  };
  return (
    <div className="board-box" aria-busy={board.isPlaceholderData}>
      <ByPicker state={state} />
      <Trouble query={board} />
      {board.data && columns.every((column) => column.count === 0) ? empty : null}
      {columns.some((column) => column.count > 0) ? (
        phone ? (
          <BoardPhone {...props} />
        ) : (
          <BoardColumns {...props} tell={setTold} />
        )
      ) : null}
      <span className="sr" role="status">
        {told}
      </span>
    </div>
  );
}

/** The sum over all columns, in the place where the list says how many there are. */
function useSums(columns: BoardColumn[], state: ListState, total: (words: ReactNode) => void) {
  const tell = useRef(total);
  tell.current = total;
  const capped = columns.some((column) => column.capped);
  const sum = columns.reduce((all, column) => all + (column.amount ?? 0), 0);
  const count = columns.reduce((all, column) => all + column.count, 0);
  const said = !columns.length
    ? ''
    : capped
      ? t('customers.total_capped', { n: count })
      : sum
        ? t('board.sum', { v: formatMoney(sum) })
        : t('customers.total', { n: count });
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again when the list comes back
  useEffect(() => tell.current(said || null), [said, state.layout]);
}
