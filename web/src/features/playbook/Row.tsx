import type { ReactNode } from 'react';

/** Label above, control, and below it a hint. */
export function Row({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <label className="pb-row">
      <span className="second">{label}</span>
      {children}
      {hint ? <span className="meta">{hint}</span> : null}
    </label>
  );
}
