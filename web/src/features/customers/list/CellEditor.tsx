import { useEffect, useRef, useState } from 'react';
import type { CustomerRow } from '@/api/types';
import { same } from '@/lib/changes';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { readCell, typedCell } from './cells';
import { changeField } from './change';

/** One cell while it is changed: Enter and Tab keep what was typed, Esc leaves it as it was. */
export function CellEditor({
  row: now,
  slug,
  leave,
}: {
  row: CustomerRow;
  slug: string;
  leave: (step: -1 | 0 | 1) => void;
}) {
  const labels = useLabels();
  // As it stood when the change began: a newer version that comes meanwhile must clash, not be written over.
  const [row] = useState(now);
  const field = labels.field('customer', slug);
  const was = (row as unknown as Record<string, unknown>)[slug] ?? null;
  const [typed, setTyped] = useState(field ? typedCell(field, was) : '');
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const over = useRef(false);
  useEffect(() => {
    input.current?.focus();
    if (input.current instanceof HTMLInputElement) input.current.select();
  }, []);
  if (!field || field.read_only) return null;

  const keep = (step: -1 | 0 | 1, text = typed) => {
    if (over.current) return;
    over.current = true;
    const value = readCell(field, text);
    const blank = (one: unknown) => (one === '' ? null : one);
    if (value !== undefined && !same(blank(value), blank(was)))
      changeField(row, field, value, labels).catch(sayFailure);
    leave(step);
  };
  const common = {
    ref: input,
    className: 'cell-input',
    'aria-label': words(field.label),
    value: typed,
    onBlur: () => keep(0),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      event.stopPropagation();
      if (event.key === 'Escape') {
        over.current = true;
        leave(0);
      } else if (event.key === 'Enter') keep(0);
      else if (event.key === 'Tab') {
        event.preventDefault();
        keep(event.shiftKey ? -1 : 1);
      }
    },
  };
  return (
    <span className="cell-edit">
      {field.type === 'option' ? (
        <select {...common} onChange={(event) => setTyped(event.target.value)}>
          {was && field.required ? null : <option value="">{t('customers.empty_or')}</option>}
          {labels.options(field.options ?? '').map((option) => (
            <option key={option.key} value={option.key}>
              {words(option)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          inputMode={field.type === 'money' ? 'decimal' : undefined}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </span>
  );
}
