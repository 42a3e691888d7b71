import { ArrowUpDown, Check } from 'lucide-react';
import { useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { useKind } from './kind';
import { type ListState, ownSort } from './list-state';

/** An order in words: as the list calls it, or by the field of the team it goes by. */
function useSortName(): (sort: string) => string {
  const { record, sorts } = useKind();
  const labels = useLabels();
  return (sort) => {
    const own = ownSort(sort);
    if (!own) return t(sorts[sort] ?? 'customers.sort_label');
    const name = words(labels.field(record, own)?.label) || own;
    return t(sort.startsWith('-') ? 'fields.sort_down' : 'fields.sort_up', { name });
  };
}

/** The order of the phone's list, whose cards have no heads to press. */
export function SortPicker({ state }: { state: ListState }) {
  const nameOf = useSortName();
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
          {nameOf(sort)}
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
