import { lazy, Suspense } from 'react';
import { useMoveAsked } from '@/lib/move-asked';
import { loadWords } from '@/locales';

const MoveDialog = lazy(async () => {
  const [{ MoveDialog: Dialog }] = await Promise.all([import('./MoveDialog'), loadWords('process')]);
  return { default: Dialog };
});

/** Shows the question of `askMove`, over whatever screen is open. */
export function MoveHost() {
  const asked = useMoveAsked();
  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <MoveDialog key={`${asked.customer.id}${asked.to.key}`} asked={asked} />
    </Suspense>
  );
}
