import { createPortal } from 'react-dom';
import type { Playbook, PlayNode } from '@/api/playbooks';
import { words } from '@/lib/names';
import { formatDay, now } from '@/lib/time';
import { t } from '@/locales';
import { Chart, chartOf } from './Chart';
import { LaneChart } from './LaneChart';
import { columnsOf, lanesOf } from './lanes';

/** A4 across between its margins, in px at 96 to the inch. */
const PAPER = { width: 1030, height: 640 };
const shrink = (width: number, height: number) => Math.min(1, PAPER.width / width, PAPER.height / height);

/** Flow chart and swim lanes, each on a sheet of its own; seen on paper only. */
export function PrintSheets({
  nodes,
  book,
  title,
}: {
  nodes: readonly PlayNode[];
  book: Playbook;
  title: string;
}) {
  const drawing = chartOf(nodes, null);
  const lanes = { width: 160 + columnsOf(nodes).length * 196, height: 64 + lanesOf(nodes).length * 140 };
  const heads: [string, number][] = [
    [t('playbook.view_map'), shrink(drawing.width, drawing.height)],
    [t('playbook.view_lanes'), shrink(lanes.width, lanes.height)],
  ];
  return createPortal(
    <div className="pb-print">
      {heads.map(([name, zoom], at) => (
        <section key={name}>
          <header>
            <h1>{title}</h1>
            <span>
              {name} · {t('designer.version', { n: book.version })} · {formatDay(now())}
            </span>
          </header>
          <div style={{ zoom }}>
            {at ? (
              <LaneChart
                nodes={nodes}
                book={book}
                card={(node, said, place) => (
                  <div key={node.key} className="pb-task" style={place}>
                    {said}
                  </div>
                )}
              />
            ) : (
              <Chart
                nodes={nodes}
                book={book}
                drawing={drawing}
                selected={null}
                card={(node, said, place, side) => (
                  <div
                    key={node.key}
                    className="pb-card"
                    style={place}
                    data-side={side || undefined}
                    title={words(node)}
                  >
                    {said}
                  </div>
                )}
              />
            )}
          </div>
        </section>
      ))}
    </div>,
    document.body,
  );
}
