import type { ReactNode } from 'react';
import './states.css';

/** Nothing to show: what that means and what is useful now. */
export function EmptyState({
  title,
  hint,
  picture,
  children,
}: {
  title: string;
  hint?: ReactNode;
  picture?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="state">
      {picture}
      <h2>{title}</h2>
      {hint ? <p>{hint}</p> : null}
      {children ? <div className="state-acts">{children}</div> : null}
    </div>
  );
}
