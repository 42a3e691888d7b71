import type { ScorePoint } from '@/api/surveys';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

const HIGH = 5;
const SIDE = 10;

/** Scores over time: a point each, low ones in red, its day and words on pointing; read aloud as one sentence. */
export function ScoreTrend({
  points,
  width = 300,
  height = 74,
}: {
  points: readonly ScorePoint[];
  width?: number;
  height?: number;
}) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const from = Date.parse(first.at);
  const length = Math.max(1, Date.parse(last.at) - from);
  const placed = points.map((one) => ({
    ...one,
    x: SIDE + ((Date.parse(one.at) - from) / length) * (width - 2 * SIDE),
    y: height - SIDE - ((one.score - 1) / (HIGH - 1)) * (height - 2 * SIDE),
  }));
  const said = points.map((one) => t('surveys.point', { day: formatDay(one.at), n: one.score })).join('，');
  return (
    <figure className="score-trend">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said}>
        {[1, 3, 5].map((score) => {
          const y = height - SIDE - ((score - 1) / (HIGH - 1)) * (height - 2 * SIDE);
          return <line key={score} x1="0" x2={width} y1={y} y2={y} className="score-line" />;
        })}
        <polyline points={placed.map((one) => `${one.x},${one.y}`).join(' ')} className="score-path" />
        {placed.map((one) => (
          <circle
            key={`${one.source}${one.id}`}
            cx={one.x}
            cy={one.y}
            r="4"
            className="score-dot"
            data-low={one.score <= 2 || undefined}
          >
            <title>{[formatDay(one.at), `${one.score}`, one.comment].filter(Boolean).join(' · ')}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="meta">
        <span>{formatDay(first.at)}</span>
        <span>{formatDay(last.at)}</span>
      </figcaption>
    </figure>
  );
}
