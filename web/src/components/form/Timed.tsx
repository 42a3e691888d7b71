import type { ReactNode } from 'react';
import type { useTiming } from './use-timing';

/** Around a form whose fields are timed. */
export function Timed({ timing, children }: { timing: ReturnType<typeof useTiming>; children: ReactNode }) {
  return (
    <div className="rf-timed" {...timing.watch}>
      {children}
    </div>
  );
}
