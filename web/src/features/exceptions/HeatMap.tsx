import type { KeyboardEvent } from 'react';
import type { Board } from '@/api/exceptions';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Aim } from './ExceptionsPage';
import { cellsOf, moved, spanOf } from './heat';

/** 堵在哪: nodes by teams, count over mean lateness; a cell shows its rows, the arrows walk. */
export function HeatMap({ board, aim }: { board: Board; aim: Aim }) {
  const { heat, chosen } = board;
  if (!heat) return null;
  const cell = cellsOf(heat);
  const walk = (event: KeyboardEvent<HTMLTableElement>) => {
    const at = (event.target as HTMLElement).dataset.at?.split(' ').map(Number);
    const to = at && moved(event.key, at[0] ?? 0, at[1] ?? 0, heat.nodes.length, heat.teams.length);
    if (!to) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${to.join(' ')}"]`)?.focus();
  };
  return (
    <section className="sheet exc-panel">
      <header className="exc-panel-head">
        <h3>{t('exceptions.where')}</h3>
        <span className="meta">{t('exceptions.where_note')}</span>
      </header>
      <div className="exc-heat-scroll">
        <table
          className="exc-heat"
          style={{ minWidth: 82 + heat.teams.length * 62, maxWidth: 82 + heat.teams.length * 140 }}
          onKeyDown={walk}
        >
          <thead>
            <tr>
              <td />
              {heat.teams.map((team) => (
                <th key={team.id} scope="col" title={team.name}>
                  <span className="cut block">{team.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.nodes.map((node, row) => (
              <tr key={node.key}>
                <th scope="row">
                  <span className="cut block">{words(node)}</span>
                </th>
                {heat.teams.map((team, column) => {
                  const { n, hours, shade } = cell(node.key, team.id);
                  const on = chosen.node?.key === node.key && chosen.team?.id === team.id;
                  const said = { team: team.name, node: words(node), n, over: spanOf(hours) };
                  return (
                    <td key={team.id}>
                      <button
                        type="button"
                        className="plain exc-cell"
                        data-shade={shade}
                        data-at={`${row} ${column}`}
                        tabIndex={row + column === 0 || on ? 0 : -1}
                        aria-pressed={on}
                        aria-label={t(n ? 'exceptions.cell' : 'exceptions.cell_none', said)}
                        onClick={() =>
                          aim(on ? { node: '', team: '' } : { node: node.key, team: String(team.id) })
                        }
                      >
                        {n ? <b>{n}</b> : 0}
                        {n ? <span>{spanOf(hours)}</span> : null}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta exc-legend">
        <span aria-hidden="true">
          {t('exceptions.where_few')}
          {[0, 1, 2, 3, 4].map((shade) => (
            <i key={shade} data-shade={shade} />
          ))}
          {t('exceptions.where_many')}
        </span>
        {heat.elsewhere ? <span>{t('exceptions.elsewhere', { n: heat.elsewhere })}</span> : null}
      </p>
    </section>
  );
}
