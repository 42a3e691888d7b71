import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** One part of the profile page: its name beside what it holds; `id` is where a link may lead. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  id?: string;
  title: string;
  note?: string;
  children: ReactNode;
}) {
  const { hash } = useLocation();
  const part = useRef<HTMLElement>(null);
  useEffect(() => {
    if (id && hash === `#${id}`) part.current?.scrollIntoView({ block: 'start' });
  }, [hash, id]);
  return (
    <section className="me-section" id={id} ref={part}>
      <div>
        <h2>{title}</h2>
        {note ? <p className="second">{note}</p> : null}
      </div>
      <div className="me-body">{children}</div>
    </section>
  );
}
