import { t } from '@/locales';
import './marks.css';

/** Score 0–100 as a ring with its number: 80 and more pine, 60–79 ochre, below vermilion. */
export function ScoreRing({ score, size = 44 }: { score: number; size?: number }) {
  const colour = score >= 80 ? 'var(--pine)' : score >= 60 ? 'var(--amber-fill)' : 'var(--verm)';
  const radius = size / 2 - 3;
  const round = 2 * Math.PI * radius;
  const label = t('common.score', { n: score });
  return (
    <svg className="score-ring" width={size} height={size} role="img" aria-label={label}>
      <circle cx={size / 2} cy={size / 2} r={radius} fill="none" stroke="var(--line)" strokeWidth="4" />
      <circle
        cx={size / 2}
        cy={size / 2}
        r={radius}
        fill="none"
        stroke={colour}
        strokeWidth="4"
        strokeLinecap="round"
        strokeDasharray={`${(round * score) / 100} ${round}`}
        transform={`rotate(-90 ${size / 2} ${size / 2})`}
        style={{ transition: 'stroke-dasharray 160ms ease-out' }}
      />
      <text x="50%" y="50%" textAnchor="middle" dominantBaseline="central">
        {score}
      </text>
    </svg>
  );
}
