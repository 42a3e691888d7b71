import type { TeamMonth } from '@/api/targets';
import { secondsInWords } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Cell } from './Cell';
import { linesOf } from './rows';
import { type Open, PersonName } from './TeamTable';

/** The table on the phone: one card each, its measures two by two. */
export function TeamCards({ data, open }: { data: TeamMonth; open: Open }) {
  return (
    <ul className="aim-cards">
      {linesOf(data).map((line) => {
        const row = 'place' in line ? line.place : line.person;
        const opens = 'place' in line ? line.place.opens : true;
        const whose = 'place' in line ? { department_id: row.id } : { member_id: row.id };
        return (
          <li
            key={`${'place' in line ? 'd' : 'm'}${row.id}`}
            className="aim-card"
            data-place={'place' in line}
          >
            <span className="aim-card-head">
              {'place' in line ? <b>{row.name}</b> : <PersonName person={line.person} />}
              {row.writing ? (
                <span className="meta">
                  {t('targets.writing')} {secondsInWords(row.writing.seconds)}
                </span>
              ) : null}
            </span>
            <span className="aim-card-cells">
              {data.measures.map((measure) => {
                const cell = row.cells[measure.slug];
                return cell ? (
                  <span key={measure.slug}>
                    <span className="meta">{words(measure.label)}</span>
                    <Cell
                      measure={measure}
                      cell={cell}
                      name={row.name}
                      {...(opens ? { open: () => open(measure, whose, row.name) } : {})}
                    />
                  </span>
                ) : null;
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
