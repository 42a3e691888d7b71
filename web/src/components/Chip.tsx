import type { ReactNode } from 'react';
import './chip.css';

/** The colour of an option; words beside it are read without it. */
export function Dot({ color }: { color: string | null | undefined }) {
  return color ? <span className="opt-dot" style={{ background: color }} aria-hidden="true" /> : null;
}

/** One option with its colour. */
export function Chip({ color, children }: { color: string | null | undefined; children: ReactNode }) {
  return (
    <span className="opt">
      <Dot color={color} />
      <span className="cut">{children}</span>
    </span>
  );
}
