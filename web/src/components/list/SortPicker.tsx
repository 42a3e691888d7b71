import { ArrowUpDown, Check } from 'lucide-react';
import { useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { t } from '@/locales';
import { useKind } from './kind';
import type { ListState } from './list-state';

/** The order of the phone's list, whose cards have no heads to press. */
export function SortPicker({ state }: { state: ListState }) {
  const { sorts } = useKind();
  const [open, setOpen] = useState(false);
  const content = (
    <div className="sort-menu">
      {state.sorts.map((sort) => (
        <button
          type="button"
          className="plain filter-field"
          key={sort}
          aria-pressed={state.sort === sort}
          onClick={() => {
            setOpen(false);
            state.set({ sort });
          }}
        >
          {t(sorts[sort] ?? 'customers.sort_label')}
          {state.sort === sort ? <Check size={15} strokeWidth={1.6} aria-hidden="true" /> : null}
        </button>
      ))}
    </div>
  );
  return (
    <Sheet title={t('customers.sort_label')} open={open} setOpen={setOpen} content={content}>
      <button type="button" className="icon-act" aria-label={t('customers.sort_label')}>
        <ArrowUpDown size={19} strokeWidth={1.6} />
      </button>
    </Sheet>
  );
}
