import type { ClockState } from '@/api/types';
import { words } from '@/lib/names';
import './marks.css';

const COLOUR = { ok: 'var(--pine)', soon: 'var(--amber-fill)', over: 'var(--verm)', paused: 'var(--ctl)' };

/** The pie alone: the arc is the share of the limit used; over is a filled disc with "!"; paused is dashed. */
export function ClockPie({ clock, size = 16 }: { clock: ClockState; size?: number }) {
  const round = 2 * Math.PI * 6;
  if (clock.state === 'over') {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7.5" fill="var(--verm)" />
        <path d="M8 4v5" stroke="var(--on-verm)" strokeWidth="1.8" strokeLinecap="round" />
        <circle cx="8" cy="11.7" r="1.1" fill="var(--on-verm)" />
      </svg>
    );
  }
  if (clock.state === 'paused') {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="var(--ctl)"
          strokeWidth="1.5"
          strokeDasharray="2 2.2"
        />
      </svg>
    );
  }
  const share = Math.min(1, Math.max(0.03, clock.share));
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--line2)" strokeWidth="2.5" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke={COLOUR[clock.state]}
        strokeWidth="2.5"
        strokeDasharray={`${round * share} ${round}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}

/** Pie, stage and time left; always with words. `line` puts the words on one line. */
export function Clock({
  clock,
  stage,
  line = false,
}: {
  clock: ClockState | null | undefined;
  stage: string | null;
  line?: boolean;
}) {
  if (!clock && !stage) return null;
  return (
    <span
      className={`clock${line ? ' clock-line' : ''}`}
      title={clock ? words(clock.hint ?? clock) : undefined}
    >
      {clock ? <ClockPie clock={clock} /> : null}
      <span className="clock-words">
        {stage ? <span className="clock-stage cut">{stage}</span> : null}
        {clock ? (
          <span className="clock-left" data-state={clock.state}>
            {words(clock)}
            {clock.hint ? <span className="sr">{`，${words(clock.hint)}`}</span> : null}
          </span>
        ) : null}
      </span>
    </span>
  );
}
