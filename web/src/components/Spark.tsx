/** A few numbers as one line; the last point is marked. Beside a number that says it all. */
export function Spark({ series, width = 104 }: { series: readonly number[]; width?: number }) {
  if (series.length < 2) return null;
  const low = Math.min(...series);
  const high = Math.max(...series, low + 1);
  const points = series.map((value, at) => {
    const x = 2 + (at * (width - 8)) / (series.length - 1);
    return [x, 22 - ((value - low) * 18) / (high - low)] as const;
  });
  const last = points.at(-1) ?? [0, 0];
  return (
    <svg width={width} height="26" viewBox={`0 0 ${width} 26`} aria-hidden="true" className="spark">
      <polyline
        points={points.map((p) => p.join(',')).join(' ')}
        fill="none"
        stroke="var(--pine)"
        strokeWidth="1.6"
      />
      <circle cx={last[0]} cy={last[1]} r="3" fill="var(--pine)" />
    </svg>
  );
}
