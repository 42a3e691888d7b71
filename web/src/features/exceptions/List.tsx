import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { Board, StuckRow, useBoard } from '@/api/exceptions';
import type { Id } from '@/api/types';
import { More } from '@/components/More';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm, words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { type Act, Acts, Dialog } from './Acts';
import type { Aim } from './ExceptionsPage';
import { goesToday, nextOf, reachOf } from './words';

/** One filled button a screen: that of the first thing that waits for the reader. */
function Verdict({ to, words: said, filled }: { to: string; words: string; filled: boolean }) {
  return (
    <Link to={to} className="exc-yours">
      <Button type={filled ? 'primary' : 'default'} tabIndex={-1}>
        {said}
      </Button>
    </Link>
  );
}

interface Shown {
  row: StuckRow;
  kind: string;
  acts: ReactNode;
  /** The way to the reader's own verdict. */
  yours: ReactNode;
  chosen: boolean;
  choose: () => void;
  aim: Aim;
}

/** How late in five bars, so that it is told without colour too. */
function Bars({ n }: { n: number }) {
  return (
    <span
      className="exc-bars"
      data-step={n}
      role="img"
      aria-label={t('exceptions.severity', { n })}
      title={t('exceptions.severity_rule')}
    >
      {[1, 2, 3, 4, 5].map((step) => (
        <i key={step} data-on={step <= n || undefined} />
      ))}
    </span>
  );
}

const nameOf = (row: StuckRow) => (row.customer ? shortFirm(row.customer.name) : row.act);

function Title({ row }: { row: StuckRow }) {
  return row.customer ? (
    <Link to={`/customers/${row.customer.id}`} className="exc-firm cut">
      {shortFirm(row.customer.name)}
    </Link>
  ) : (
    <span className="exc-firm cut">{row.act}</span>
  );
}

/** `节点超时 定制方案 42万` */
function About({ row, kind }: { row: StuckRow; kind: string }) {
  const { customer } = row;
  const more = [
    customer?.stage ? words(customer.stage) : '',
    customer?.amount ? formatMoney(customer.amount, customer.currency) : '',
  ];
  return (
    <span className="exc-about cut">
      <span data-late={row.severity >= 4 || undefined}>{kind}</span>
      {more.filter(Boolean).map((each) => (
        <span key={each}>{each}</span>
      ))}
    </span>
  );
}

function Who({ row, aim }: { row: StuckRow; aim: Aim }) {
  const { owner } = row;
  if (!owner) return null;
  const name = owner.you ? t('exceptions.you') : owner.name;
  return name && owner.id ? (
    <button
      type="button"
      className="plain exc-person cut"
      aria-label={t('exceptions.person', { name: owner.name ?? '' })}
      onClick={() => aim({ person: String(owner.id) })}
    >
      {name}
    </button>
  ) : (
    <span className="cut">{owner.team?.name ?? t('exceptions.no_owner')}</span>
  );
}

function Next({ row }: { row: StuckRow }) {
  const to = reachOf(row.next.to);
  return (
    <span className="exc-next">
      <span className={goesToday(row) ? 'verm strong' : undefined}>{nextOf(row)}</span>
      {to ? <span className="exc-under-line">{t('exceptions.to', { who: to })}</span> : null}
    </span>
  );
}

function Line({ row, kind, acts, yours, chosen, choose, aim }: Shown) {
  return (
    <tr data-chosen={chosen || undefined} data-yours={row.yours ? true : undefined}>
      <td className="exc-check">
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t('exceptions.select', { name: nameOf(row) })}
          onChange={choose}
        />
      </td>
      <td>
        <Title row={row} />
        <About row={row} kind={kind} />
      </td>
      <td>
        <Who row={row} aim={aim} />
        <span className="exc-under-line cut">{row.owner?.name ? row.owner.team?.name : null}</span>
      </td>
      <td>
        <span className="exc-since">
          <Bars n={row.severity} />
          {formatWhen(row.since, row.precision)}
        </span>
        <span className="exc-late" data-step={row.severity}>
          {words(row.late)}
        </span>
      </td>
      <td>
        <span className="block">{words(row.reason)}</span>
        <span className="exc-under-line exc-evidence">{words(row.evidence)}</span>
      </td>
      <td className="exc-last">
        {yours}
        <Next row={row} />
        <span className="exc-acts">{acts}</span>
      </td>
    </tr>
  );
}

function Card({ row, kind, acts, yours, chosen, choose, aim }: Shown) {
  return (
    <li className="sheet exc-card" data-chosen={chosen || undefined}>
      <div className="exc-card-head">
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t('exceptions.select', { name: nameOf(row) })}
          onChange={choose}
        />
        <Title row={row} />
        <Next row={row} />
      </div>
      <p className="exc-card-line">
        <Bars n={row.severity} />
        <About row={row} kind={kind} />
        <Who row={row} aim={aim} />
        <span className="exc-late" data-step={row.severity}>
          {words(row.late)}
        </span>
      </p>
      <p className="exc-card-why">
        {words(row.reason)}
        <span className="second">{words(row.evidence)}</span>
      </p>
      <div className="exc-acts">
        {acts}
        {yours}
      </div>
    </li>
  );
}

/** The rows of the choice: a table, on the phone cards; several may be chosen for one act. */
export function List({
  board,
  rows,
  query,
  aim,
}: {
  board: Board;
  rows: StuckRow[];
  query: ReturnType<typeof useBoard>;
  aim: Aim;
}) {
  const phone = usePhone();
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const [act, setAct] = useState<Act | null>(null);
  const picked = rows.filter((row) => chosen.has(row.id));
  const kinds = new Map(board.kinds.map((one) => [one.key, words(one)]));
  const first = rows.find((row) => row.yours)?.id;
  const choose = (id: Id) =>
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const shown = rows.map((row) => ({
    row,
    kind: kinds.get(row.kind) ?? '',
    chosen: chosen.has(row.id),
    choose: () => choose(row.id),
    aim,
    acts: <Acts rows={[row]} can={board.can} start={setAct} />,
    yours: row.yours ? (
      <Verdict to={row.yours.to} words={words(row.yours)} filled={row.id === first} />
    ) : null,
  }));
  return (
    <>
      {phone ? (
        <ul className="exc-cards">
          {shown.map((one) => (
            <Card key={one.row.id} {...one} />
          ))}
        </ul>
      ) : (
        <table className="exc-table">
          <thead>
            <tr>
              <td className="exc-check" />
              {(['what', 'who', 'since', 'why', 'next'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`exceptions.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Line key={one.row.id} {...one} />
            ))}
          </tbody>
        </table>
      )}
      <More query={query} label={t('exceptions.more', { n: board.total - rows.length })} />
      <footer className="exc-foot" data-on={picked.length > 0 || undefined}>
        {picked.length ? (
          <>
            <span>{t('exceptions.selected', { n: picked.length })}</span>
            <Acts rows={picked} can={board.can} start={setAct} />
            <Button type="text" onClick={() => setChosen(new Set())}>
              {t('exceptions.clear')}
            </Button>
          </>
        ) : (
          <span className="meta">{t('exceptions.hint')}</span>
        )}
      </footer>
      {act ? (
        <Dialog
          act={act}
          close={(done) => {
            setAct(null);
            if (done) setChosen(new Set());
          }}
        />
      ) : null}
    </>
  );
}
