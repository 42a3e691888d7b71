import { type ReactElement, useState } from 'react';
import { Sheet } from '@/components/Sheet';

export interface Act {
  key: string;
  label: string;
  icon?: ReactElement;
  run: () => void;
}

/** A button over a list that opens a few acts; without acts it is not there. */
export function Menu({
  title,
  icon,
  acts,
  className = '',
}: {
  title: string;
  icon: ReactElement;
  acts: readonly Act[];
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  if (!acts.length) return null;
  const content = (
    <div className="sort-menu">
      {acts.map((act) => (
        <button
          type="button"
          className="plain filter-field"
          key={act.key}
          onClick={() => {
            setOpen(false);
            act.run();
          }}
        >
          {act.label}
          {act.icon}
        </button>
      ))}
    </div>
  );
  return (
    <Sheet title={title} open={open} setOpen={setOpen} content={content}>
      <button type="button" className={`icon-act ${className}`} aria-label={title} title={title}>
        {icon}
      </button>
    </Sheet>
  );
}
