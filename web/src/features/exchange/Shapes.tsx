import { type Key, t } from '@/locales';

/** The shapes of sheets that are read as they are; the last has its rows on several sheets. */
const SHAPES = ['rows', 'lines', 'beside', 'names', 'messy', 'people'] as const;

/** A sheet in small: rows by line, cells by `|`; a cell of several lines has them by `/`. */
function Small({ text, tabs }: { text: string; tabs?: string }) {
  const rows = text.split('\n').map((row) => row.split('|'));
  const columns = Math.max(...rows.map((row) => row.length));
  return (
    <span className="shape-sheet" aria-hidden="true">
      <span className="shape-cells" style={{ gridTemplateColumns: `repeat(${columns}, auto)` }}>
        {rows.flatMap((row, line) =>
          row.map((cell, at) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a drawing that never changes
              key={`${line}.${at}`}
              data-head={cell.startsWith('#') || undefined}
              style={row.length < columns ? { gridColumn: '1 / -1' } : undefined}
            >
              {cell
                .replace('#', '')
                .split('/')
                .map((part) => (
                  <span key={part}>{part}</span>
                ))}
            </span>
          )),
        )}
      </span>
      {tabs ? (
        <span className="shape-tabs">
          {tabs.split('|').map((tab) => (
            <span key={tab}>{tab}</span>
          ))}
        </span>
      ) : null}
    </span>
  );
}

/** Which sheets may come as they are: each drawn in small, with what becomes of it. */
export function Shapes() {
  return (
    <section className="shapes" aria-label={t('exchange.shapes')}>
      <h2>{t('exchange.shapes')}</h2>
      <ul>
        {SHAPES.map((shape) => (
          <li key={shape}>
            <Small
              text={t(`exchange.shape_${shape}_sheet` as Key)}
              tabs={shape === 'people' ? t('exchange.shape_people_tabs') : undefined}
            />
            <b>{t(`exchange.shape_${shape}` as Key)}</b>
            <span className="second">{t(`exchange.shape_${shape}_what` as Key)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
