import './meter.css';

/** How far a number is on its way to a target; the mark stands where it should be today. */
export function Meter({
  done,
  target,
  expected,
  label,
}: {
  done: number;
  target: number;
  expected: number | null;
  /** The same in words, for whoever does not see it. */
  label: string;
}) {
  const part = (number: number) => (target > 0 ? Math.min(1, number / target) : 1) * 100;
  return (
    <span className="meter" role="img" aria-label={label} title={label}>
      <span
        className="meter-done"
        data-behind={expected !== null && done < expected}
        style={{ width: `${part(done)}%` }}
      />
      {expected !== null && expected > 0 && expected < target ? (
        <span className="meter-mark" style={{ left: `${part(expected)}%` }} />
      ) : null}
    </span>
  );
}
