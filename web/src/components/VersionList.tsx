import type { ReactNode } from 'react';
import { formatWhen } from '@/lib/time';
import { ErrorState } from './ErrorState';
import { SkeletonRows } from './Skeletons';
import './version-list.css';

export interface VersionLine {
  title: string;
  /** What to call it where it is the one in force: 现行. */
  live?: string | null;
  by?: { name: string } | null;
  at?: string;
  /** Behind who and when: 改了 12 处. */
  facts?: string;
  /** What it changed. */
  said?: ReactNode;
  /** The way back to it. */
  act?: ReactNode;
  refused?: string;
}

interface Asked<T> {
  data: readonly T[] | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** One version: what it is, who made it when, what it changed, and the way back. */
export function VersionRow({ title, live, by, at, facts, said, act, refused }: VersionLine) {
  const meta = [by?.name, at && formatWhen(at), facts].filter(Boolean).join(' · ');
  return (
    <li className="vl-row">
      <span className="vl-words">
        <span className="vl-head">
          <b>{title}</b>
          {live ? <span className="vl-live">{live}</span> : null}
        </span>
        {meta ? <span className="meta">{meta}</span> : null}
        {said ? <div className="second">{said}</div> : null}
        {refused ? (
          <span className="verm" role="alert">
            {refused}
          </span>
        ) : null}
      </span>
      {act ?? null}
    </li>
  );
}

/** Every version of something that a team shapes, newest first; `more` are rows that stand behind them. */
export function VersionList<T extends { number: number }>({
  query,
  none,
  line,
  more,
}: {
  query: Asked<T>;
  none: string;
  line: (one: T) => VersionLine;
  more?: ReactNode;
}) {
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={3} height={56} />;
  if (!query.data.length) return <p className="second">{none}</p>;
  return (
    <ol className="sheet vl">
      {query.data.map((one) => (
        <VersionRow key={one.number} {...line(one)} />
      ))}
      {more}
    </ol>
  );
}
