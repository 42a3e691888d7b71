import type { ReactNode } from 'react';
import './gate.css';

/** Label above, control, and below it either the error or a hint. */
export function FormRow({
  label,
  error,
  hint,
  children,
}: {
  label: string;
  error?: string | null;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <label className="row">
      <span className="row-label">{label}</span>
      {children}
      {error ? (
        <span className="row-error">{error}</span>
      ) : hint ? (
        <span className="meta">{hint}</span>
      ) : null}
    </label>
  );
}
