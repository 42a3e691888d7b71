import { useRef, useState } from 'react';
import { t } from '@/locales';

const LEAST = 64;
const MOST = 640;
const STEP = 16;
const within = (px: number) => Math.round(Math.min(MOST, Math.max(LEAST, px)));

/** The edge of a column: dragged, or moved with the arrow keys; a double click gives the width back. */
export function Grip({ name, set }: { name: string; set: (px: number | null) => void }) {
  const [now, setNow] = useState(0);
  const from = useRef<{ x: number; width: number } | null>(null);
  const widthOf = (node: HTMLElement) => node.parentElement?.getBoundingClientRect().width ?? LEAST;
  return (
    <span
      className="grip"
      role="separator"
      aria-orientation="vertical"
      aria-valuenow={now}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-label={t('customers.column_width', { name })}
      tabIndex={0}
      onFocus={(event) => setNow(Math.round(widthOf(event.currentTarget)))}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: widthOf(event.currentTarget) };
      }}
      onPointerMove={(event) => {
        if (from.current) set(within(from.current.width + event.clientX - from.current.x));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onDoubleClick={() => set(null)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        set(within(widthOf(event.currentTarget) + step));
      }}
    />
  );
}
