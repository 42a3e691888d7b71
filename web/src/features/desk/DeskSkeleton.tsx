import { Bar, SkeletonRows, useLate } from '@/components/Skeletons';

/** The list in grey: two groups, rows of 60. */
export function DeskSkeleton() {
  const late = useLate();
  return (
    <div>
      {[3, 5].map((rows) => (
        <section key={rows}>
          <div className="desk-group">{late ? <Bar width={84} /> : null}</div>
          <SkeletonRows rows={rows} />
        </section>
      ))}
    </div>
  );
}
