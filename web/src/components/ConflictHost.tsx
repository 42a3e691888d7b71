import { lazy, Suspense, useState } from 'react';
import { sayFailure } from '@/lib/notify';
import { askWhose, useWhose } from '@/lib/whose';

const Conflict = lazy(async () => ({ default: (await import('./Conflict')).Conflict }));

/** Shows the question of `askWhose`, over whatever screen is open. */
export function ConflictHost() {
  const whose = useWhose();
  const [busy, setBusy] = useState(false);
  if (!whose) return null;
  const save = async (mine: ReadonlySet<string>) => {
    setBusy(true);
    try {
      await whose.save(mine);
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
    askWhose(null);
  };
  return (
    <Suspense fallback={null}>
      <Conflict
        fields={whose.fields}
        clash={whose.clash}
        busy={busy}
        save={(mine) => void save(mine)}
        close={() => askWhose(null)}
      />
    </Suspense>
  );
}
