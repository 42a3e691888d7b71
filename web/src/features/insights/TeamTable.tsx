import type { Measure, TeamMonth, TeamPerson, TeamPlaceRow, Whose, Writing } from '@/api/targets';
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
    <span className="team-name">
      {person.rank === null ? null : (
        <span className="team-rank">
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

function Place({ data, place, open }: { data: TeamMonth; place: TeamPlaceRow; open: Open }) {
  return (
    <tr className="team-place">
      <th scope="row">{place.name}</th>
      {data.measures.map((measure) => {
        const cell = place.cells[measure.slug];
        return (
          <td key={measure.slug}>
            {cell ? (
              <Cell
                measure={measure}
                cell={cell}
                name={place.name}
                spark
                {...(place.opens
                  ? { open: () => open(measure, { department_id: place.id }, place.name) }
                  : {})}
              />
            ) : null}
          </td>
        );
      })}
      <td>
        <WritingTime writing={place.writing} />
      </td>
    </tr>
  );
}

function Person({ data, person, open }: { data: TeamMonth; person: TeamPerson; open: Open }) {
  return (
    <tr>
      <th scope="row">
        <PersonName person={person} />
      </th>
      {data.measures.map((measure) => {
        const cell = person.cells[measure.slug];
        return (
          <td key={measure.slug}>
            {cell ? (
              <Cell
                measure={measure}
                cell={cell}
                name={person.name}
                spark
                open={() => open(measure, { member_id: person.id }, person.name)}
              />
            ) : null}
          </td>
        );
      })}
      <td>
        <WritingTime writing={person.writing} />
      </td>
    </tr>
  );
}

/** Everybody of the month: done, target, where one should be, six months as a line. */
export function TeamTable({ data, open, sort }: { data: TeamMonth; open: Open; sort: (by: string) => void }) {
  const lines = linesOf(data);
  return (
    <table className="team-table">
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
                    className="plain team-sort"
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
            <Place key={`d${line.place.id}`} data={data} place={line.place} open={open} />
          ) : (
            <Person key={line.person.id} data={data} person={line.person} open={open} />
          ),
        )}
      </tbody>
    </table>
  );
}
