import type { ReactNode } from 'react';
import type { Measure, TeamMonth, TeamPerson, Whose, Writing } from '@/api/targets';
import { Avatar } from '@/components/Avatar';
import { secondsInWords } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Cell } from './Cell';
import { Means } from './Means';
import { linesOf } from './rows';

export type Open = (measure: Measure, whose: Whose, name: string) => void;

export function WritingTime({ writing }: { writing: Writing }) {
  if (!writing) return <span className="cell-none">—</span>;
  return (
    <span className="cell">
      <span>{secondsInWords(writing.seconds)}</span>
      <span className="meta">{t('targets.writing_of', { n: writing.records })}</span>
    </span>
  );
}

export function PersonName({ person }: { person: TeamPerson }) {
  return (
    <span className="aim-name">
      {person.rank === null ? null : (
        <span className="aim-rank">
          <span className="sr">{t('targets.rank', { n: person.rank })}</span>
          <span aria-hidden="true">{person.rank}</span>
        </span>
      )}
      <Avatar name={person.name} size={28} />
      <span className="cut">
        {person.name}
        {person.active ? null : <span className="meta"> {t('targets.gone')}</span>}
      </span>
    </span>
  );
}

type Row = Pick<TeamPerson, 'cells' | 'writing' | 'name'>;

/** A person or a department: each measure, and how long a record takes. */
function Line({
  data,
  row,
  head,
  place,
  open,
}: {
  data: TeamMonth;
  row: Row;
  head: ReactNode;
  place?: boolean;
  /** What is behind a number; left out where it does not open. */
  open?: (measure: Measure) => void;
}) {
  return (
    <tr className={place ? 'aim-place' : undefined}>
      <th scope="row">{head}</th>
      {data.measures.map((measure) => {
        const cell = row.cells[measure.slug];
        return (
          <td key={measure.slug}>
            {cell ? (
              <Cell
                measure={measure}
                cell={cell}
                name={row.name}
                spark
                {...(open ? { open: () => open(measure) } : {})}
              />
            ) : null}
          </td>
        );
      })}
      <td>
        <WritingTime writing={row.writing} />
      </td>
    </tr>
  );
}

/** Everybody of the month: done, target, where one should be, six months as a line. */
export function TeamTable({ data, open, sort }: { data: TeamMonth; open: Open; sort: (by: string) => void }) {
  const lines = linesOf(data);
  return (
    <table className="aim-table">
      <thead>
        <tr>
          <th scope="col">{t('targets.person')}</th>
          {data.measures.map((measure) => {
            const what = words(measure.label);
            const sorted = data.by === measure.slug;
            return (
              <th
                key={measure.slug}
                scope="col"
                data-money={measure.money}
                aria-sort={sorted ? 'descending' : undefined}
              >
                {data.ranking ? (
                  <button
                    type="button"
                    className="plain aim-sort"
                    aria-pressed={sorted}
                    title={t('targets.sort_by', { what })}
                    onClick={() => sort(measure.slug)}
                  >
                    {what} {sorted ? '↓' : ''}
                  </button>
                ) : (
                  what
                )}
                <Means what={what} text={words(measure.means)} />
              </th>
            );
          })}
          <th scope="col">
            {t('targets.writing')}
            <Means what={t('targets.writing')} text={t('targets.writing_means')} />
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          'place' in line ? (
            <Line
              key={`d${line.place.id}`}
              data={data}
              row={line.place}
              head={line.place.name}
              place
              {...(line.place.opens
                ? { open: (measure) => open(measure, { department_id: line.place.id }, line.place.name) }
                : {})}
            />
          ) : (
            <Line
              key={line.person.id}
              data={data}
              row={line.person}
              head={<PersonName person={line.person} />}
              open={(measure) => open(measure, { member_id: line.person.id }, line.person.name)}
            />
          ),
        )}
      </tbody>
    </table>
  );
}
