import { lazy, Suspense, useState } from 'react';
import { clashOf } from '@/lib/clash';
import { sayFailure } from '@/lib/notify';
import { type Asked, answered, useWhose } from '@/lib/whose';

const Conflict = lazy(async () => ({ default: (await import('./Conflict')).Conflict }));

function Question({ asked }: { asked: Asked }) {
  const [busy, setBusy] = useState(false);
  const close = () => answered(asked.number);
  const save = async (mine: ReadonlySet<string>) => {
    setBusy(true);
    try {
      await asked.save(mine);
      close();
    } catch (failure) {
      sayFailure(failure);
      // Without an answer the choice stays to be sent again; a version that is old stays old.
      if (clashOf(failure)) close();
      setBusy(false);
    }
  };
  return (
    <Conflict
      fields={asked.fields}
      clash={asked.clash}
      busy={busy}
      save={(mine) => void save(mine)}
      close={close}
    />
  );
}

/** Shows the question of `askWhose`, over whatever screen is open. */
export function ConflictHost() {
  const asked = useWhose();
  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <Question key={asked.number} asked={asked} />
    </Suspense>
  );
}
