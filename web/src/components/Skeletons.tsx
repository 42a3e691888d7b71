import { useEffect, useState } from 'react';
import { t } from '@/locales';
import './states.css';

/** One grey bar; `width` in px or percent. */
export function Bar({ width, height = 12 }: { width: number | string; height?: number }) {
  return <span className="bar" style={{ width, height }} />;
}

/** True once waiting has lasted 150 ms: shorter waits show nothing, so that nothing flickers. */
export function useLate(delay = 150): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return late;
}

const WIDTHS = [
  [72, 120],
  [150, 96],
  [220, 260],
  [88, 60],
] as const;

/** Rows in the shape of a two-line list. */
export function SkeletonRows({ rows = 6, height = 60 }: { rows?: number; height?: number }) {
  const late = useLate();
  return (
    <div className="skeleton" role="status" aria-label={t('common.loading')}>
      {late
        ? Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
            <div className="skeleton-row" style={{ height }} key={row}>
              {WIDTHS.map(([first, second]) => (
                <div className="skeleton-cell" key={first}>
                  <Bar width={first - ((row * 13) % 40)} />
                  <Bar width={second - ((row * 17) % 44)} height={10} />
                </div>
              ))}
            </div>
          ))
        : null}
    </div>
  );
}

/** A whole page that is still being fetched. */
export function PageSkeleton() {
  return (
    <div className="page-skeleton">
      <SkeletonRows rows={8} />
    </div>
  );
}
