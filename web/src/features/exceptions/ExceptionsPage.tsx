import { Button } from 'antd';
import { Printer, X } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { type Board, type Choice, useBoard } from '@/api/exceptions';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { formatClock, formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { HeatMap } from './HeatMap';
import { List } from './List';
import { Reasons } from './Reasons';
import { headOf } from './words';
import './exceptions.css';

const PARTS = ['kind', 'node', 'team', 'person', 'reason', 'today'] as const;
export type Aim = (next: Partial<Choice>) => void;

const countsOf = ({ head: { fresh, solved, teams }, as_of }: Board) => ({
  fresh,
  solved,
  teams,
  at: formatClock(as_of),
});

function Headline({ board, aim }: { board: Board; aim: Aim }) {
  const { worst } = board.head;
  const open = {
    today: { today: 'true' },
    worst: { node: worst?.node.key ?? '', team: String(worst?.team?.id ?? '') },
  };
  return (
    <h2 className="exc-head">
      {headOf(board).map((part, at) =>
        part.opens ? (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence
            key={at}
            type="button"
            className={part.opens === 'today' ? 'plain exc-opens verm' : 'plain exc-opens'}
            onClick={() => aim(open[part.opens ?? 'today'])}
          >
            {part.text}
          </button>
        ) : (
          part.text
        ),
      )}
    </h2>
  );
}

/** What is left out of the table, each with the way back. */
function Chosen({ board, aim }: { board: Board; aim: Aim }) {
  const { chosen, reasons } = board;
  const found: [part: Partial<Choice>, name: string][] = [];
  if (chosen.node) found.push([{ node: '' }, words(chosen.node)]);
  if (chosen.team) found.push([{ team: '' }, chosen.team.name]);
  if (chosen.person) found.push([{ person: '' }, chosen.person.name ?? '']);
  if (chosen.reason) {
    found.push([{ reason: '' }, words(reasons.find((one) => one.key === chosen.reason) ?? chosen.reason)]);
  }
  if (chosen.today) found.push([{ today: '' }, t('exceptions.today')]);
  if (!found.length) return null;
  return (
    <p className="exc-chosen">
      <span className="meta">{t('exceptions.filters')}</span>
      {found.map(([part, name]) => (
        <button
          type="button"
          key={name}
          className="exc-chip"
          aria-label={t('exceptions.drop', { name })}
          onClick={() => aim(part)}
        >
          {name}
          <X size={13} strokeWidth={1.8} aria-hidden="true" />
        </button>
      ))}
    </p>
  );
}

function Body({ query, choice, aim }: { query: ReturnType<typeof useBoard>; choice: Choice; aim: Aim }) {
  const phone = usePhone();
  const pages = query.data?.pages ?? [];
  const board = pages[0];
  if (!board) return null;
  const rows = pages.flatMap((page) => page.items);
  const all = board.kinds.reduce((sum, one) => sum + one.n, 0);
  const heat = board.heat?.teams.length ? <HeatMap board={board} aim={aim} /> : null;
  const filtered = PARTS.some((part) => choice[part]);
  return (
    <div className="exc-body">
      <Headline board={board} aim={aim} />
      {phone ? null : <p className="second exc-under">{t('exceptions.under', countsOf(board))}</p>}
      {board.head.total === 0 ? (
        <EmptyState title={t('exceptions.none')} hint={t('exceptions.none_hint')} />
      ) : (
        <div className="exc-grid">
          {phone ? heat : null}
          <section className="sheet exc-sheet">
            <div className="exc-tools">
              <Tabs
                className="exc-kinds"
                label={t('exceptions.what')}
                value={choice.kind}
                onChange={(kind) => aim({ kind })}
                choices={[
                  { key: '', label: `${t('exceptions.all')} ${all}` },
                  ...board.kinds
                    .filter((one) => one.n || one.key === choice.kind)
                    .map((one) => ({ key: one.key, label: `${words(one)} ${one.n}` })),
                ]}
              />
              <span className="meta exc-sorted">{t('exceptions.sorted')}</span>
            </div>
            <Chosen board={board} aim={aim} />
            {rows.length ? (
              <List board={board} rows={rows} query={query} aim={aim} />
            ) : (
              <EmptyState
                title={t('exceptions.none_filtered')}
                hint={t('exceptions.none_filtered_hint', { n: board.head.total })}
              >
                {filtered ? (
                  <button type="button" className="state-way plain" onClick={() => aim(NOTHING)}>
                    {t('exceptions.drop_all')}
                  </button>
                ) : null}
              </EmptyState>
            )}
          </section>
          <aside className="exc-side">
            {phone ? null : heat}
            <Reasons board={board} aim={aim} />
            <Link className="act exc-meeting" to="/meeting">
              {t('exceptions.meeting')}
            </Link>
          </aside>
        </div>
      )}
    </div>
  );
}

const NOTHING: Choice = { kind: '', node: '', team: '', person: '', reason: '', today: '' };

/** 异常: what is stuck, since when, why, and when it is told to whom next; the choice stands in the address. */
export function ExceptionsPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const choice = Object.fromEntries(PARTS.map((part) => [part, params.get(part) ?? ''])) as unknown as Choice;
  const query = useBoard(choice);
  const aim: Aim = (next) =>
    setParams(Object.fromEntries(Object.entries({ ...choice, ...next }).filter(([, value]) => value)), {
      replace: true,
    });
  const board = query.data?.pages[0];
  const sentence = phone && board ? t('exceptions.under_phone', countsOf(board)) : null;
  const print = () => window.print();
  return (
    <>
      <TopBar
        title={t('exceptions.title')}
        sentence={sentence}
        action={
          <Button icon={<Printer size={16} strokeWidth={1.6} />} onClick={print}>
            {t('exceptions.print')}
          </Button>
        }
      />
      <div className="exc">
        {board ? (
          <p className="exc-paper song">{t('exceptions.paper', { at: formatWhen(board.as_of) })}</p>
        ) : null}
        {query.error && !board ? (
          <ErrorState failure={query.error} retry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <SkeletonRows rows={8} /> : null}
        <Body query={query} choice={choice} aim={aim} />
      </div>
    </>
  );
}
