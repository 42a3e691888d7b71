import { t } from '@/locales';

const WEEKS = 12;
const SPAN = WEEKS * 7;

/**
 * Twelve weeks of contacts as dots; the tail runs from the last contact to today.
 * @param days how many days ago each contact was
 * @param cadence days the customer's class allows between contacts
 */
export function Rhythm({
  days,
  cadence,
  width = 144,
}: {
  days: readonly number[];
  cadence: number | null;
  width?: number;
}) {
  const end = width - 3;
  const x = (daysAgo: number) => 3 + (1 - Math.min(SPAN, Math.max(0, daysAgo)) / SPAN) * (end - 3);
  const inside = days.filter((day) => day <= SPAN);
  const last = inside.length ? Math.min(...inside) : null;
  const allowed = cadence ?? 14;
  const state = last === null || last > allowed * 1.5 ? 'over' : last >= allowed ? 'due' : 'ok';
  const colour = { ok: 'var(--pine)', due: 'var(--amber-fill)', over: 'var(--verm)' }[state];
  const label = last === null ? t('common.rhythm_none') : t('common.rhythm', { n: inside.length, last });
  // All dots are one line of points: a list draws hundreds of them.
  const dots = [...new Set(inside)].map((day) => `M${x(day).toFixed(1)} 10h0`).join('');
  return (
    <svg
      width={width}
      height="20"
      viewBox={`0 0 ${width} 20`}
      role="img"
      aria-label={label}
      className="rhythm"
    >
      <title>{label}</title>
      <path d={`M3 10H${end}M${x(28)} 7v6M${x(56)} 7v6`} stroke="var(--line2)" strokeWidth="1" />
      <path
        d={`M${x(last ?? SPAN)} 10H${end}`}
        stroke={colour}
        strokeWidth={state === 'ok' ? 2 : 3}
        strokeDasharray={state === 'over' ? '3 2.5' : undefined}
      />
      <path d={dots} stroke="var(--sheet)" strokeWidth="6" strokeLinecap="round" />
      <path d={dots} stroke="var(--ink2)" strokeWidth="4.8" strokeLinecap="round" />
      <path d={`M${end} 4.5v11`} stroke={colour} strokeWidth="2" />
    </svg>
  );
}
