import type { ReactNode } from 'react';

/** One part of the profile page: its name beside what it holds. */
export function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="me-section">
      <div>
        <h2>{title}</h2>
        {note ? <p className="second">{note}</p> : null}
      </div>
      <div className="me-body">{children}</div>
    </section>
  );
}
