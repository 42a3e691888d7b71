import { Button, Popover } from 'antd';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { useDepartments, useMembers } from '@/api/queries';
import type { CustomerRow, Field } from '@/api/types';
import { useMe } from '@/app/session';
import { Control } from '@/components/form/Control';
import { same } from '@/lib/changes';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { type Labels, useLabels } from '@/lib/options';
import { t } from '@/locales';
import { moveStage } from '../move';
import { isChosen, needsRoom, readCell, typedCell } from './cells';
import { changeClass, changeField } from './change';
import { COLUMNS } from './columns';

const BatchDialog = lazy(async () => ({ default: (await import('../batch/BatchDialog')).BatchDialog }));
/** The verb that alone may change a column, where it is not the one for the fields of a row. */
const VERBS = Object.fromEntries(COLUMNS.map((column) => [column.key, column.verb]));

type Step = -1 | 0 | 1;
interface Given {
  row: CustomerRow;
  field: Field;
  was: unknown;
  /** Send what it shall be, when it is another one. */
  keep: (value: unknown) => void;
  leave: (step: Step) => void;
}

function useChoices(field: Field, labels: Labels, was: unknown): { value: string; label: string }[] {
  const people = useMembers(field.type === 'member').data?.items ?? [];
  const departments = useDepartments(field.type === 'department').data?.items ?? [];
  const held = typedCell(field, was);
  switch (field.type) {
    case 'bool':
      return [
        { value: 'true', label: t('fields.yes') },
        { value: 'false', label: t('fields.no') },
      ];
    case 'member':
      return people
        .filter((one) => one.active || String(one.id) === held)
        .map((one) => ({ value: String(one.id), label: one.name }));
    case 'department':
      return departments.map((one) => ({ value: String(one.id), label: one.name }));
    default: {
      const found = labels.option(field.options ?? '', held);
      const gone = found?.retired ? [found] : [];
      return [...labels.options(field.options ?? ''), ...gone].map((one) => ({
        value: one.key,
        label: words(one),
      }));
    }
  }
}

/** A value typed or chosen in the cell itself: Enter and Tab keep it, Esc leaves it as it was. */
function InCell({ field, was, keep, leave }: Given) {
  const labels = useLabels();
  const choices = useChoices(field, labels, was);
  const [typed, setTyped] = useState(typedCell(field, was));
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const over = useRef(false);
  useEffect(() => {
    input.current?.focus();
    if (input.current instanceof HTMLInputElement) input.current.select();
  }, []);
  const end = (step: Step) => {
    if (over.current) return;
    over.current = true;
    const value = readCell(field, typed);
    if (value !== undefined) keep(value);
    leave(step);
  };
  const common = {
    ref: input,
    className: 'cell-input',
    'aria-label': words(field.label),
    value: typed,
    onBlur: () => end(0),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      event.stopPropagation();
      if (event.key === 'Escape') {
        over.current = true;
        leave(0);
      } else if (event.key === 'Enter') end(0);
      else if (event.key === 'Tab') {
        event.preventDefault();
        end(event.shiftKey ? -1 : 1);
      }
    },
  };
  const figures = ['money', 'number', 'percent', 'rating'].includes(field.type);
  return (
    <span className="cell-edit">
      {isChosen(field) ? (
        <select {...common} onChange={(event) => setTyped(event.target.value)}>
          {typedCell(field, was) && field.required ? null : (
            <option value="">{t('customers.empty_or')}</option>
          )}
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          inputMode={figures ? 'decimal' : undefined}
          placeholder={field.type === 'date' ? '2026-11-24' : undefined}
          maxLength={field.settings?.max_length ?? 500}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </span>
  );
}

function focusFirst(box: RefObject<HTMLElement | null>) {
  box.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
}

/** A value that needs more room: its control in a card over the cell. */
function OverCell({ field, was, keep, leave }: Given) {
  const [value, setValue] = useState(was);
  const box = useRef<HTMLFormElement>(null);
  const save = () => {
    keep(value);
    leave(0);
  };
  return (
    <Popover
      open
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      onOpenChange={(open) => open || leave(0)}
      afterOpenChange={(open) => open && focusFirst(box)}
      content={
        <form
          ref={box}
          className="cell-card"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
          // The card lies over the list, yet its events pass through the row, which opens on a click.
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => {
            event.stopPropagation();
            // The first Esc closes a list that is open in the card.
            const open = event.currentTarget.querySelector('[aria-expanded="true"]');
            if (event.key === 'Escape' && !open) leave(0);
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          }}
        >
          <b>{words(field.label)}</b>
          <Control field={field} value={value} set={setValue} id={`cell-${field.slug}`} />
          <span className="cell-card-foot">
            <Button size="small" onClick={() => leave(0)}>
              {t('common.cancel')}
            </Button>
            <Button size="small" type="primary" htmlType="submit">
              {t('common.save')}
            </Button>
          </span>
        </form>
      }
    >
      <span className="cell-edit cell-input" />
    </Popover>
  );
}

/** The dialog that hands customers over, for the one of this row, which must not see the clicks and keys in it. */
function HandOver({ id, leave }: { id: number; leave: Given['leave'] }) {
  return (
    <span
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Suspense fallback={null}>
        <BatchDialog verb="transfer" ids={[id]} close={() => leave(0)} />
      </Suspense>
    </span>
  );
}

/** One cell while it is changed. */
export function CellEditor({
  row: now,
  slug,
  leave,
}: {
  row: CustomerRow;
  slug: string;
  leave: (step: Step) => void;
}) {
  const labels = useLabels();
  const { verbs } = useMe();
  // As it stood when the change began: a newer version that comes meanwhile must clash, not be written over.
  const [row] = useState(now);
  const field = labels.field('customer', slug);
  if (!field || field.mark) return null;
  const was = (row as unknown as Record<string, unknown>)[slug] ?? null;
  const verb = VERBS[slug];
  if (verb && !verbs.includes(verb)) return null;
  // Whose it is changes hands with a reason, and after what goes along was said: the dialog of the batch asks for both.
  if (slug === 'owner') return <HandOver id={row.id} leave={leave} />;
  if (slug === 'intent_class') {
    const keep = (value: unknown) => {
      if (!same(value, was)) changeClass(row, String(value), labels).catch(sayFailure);
    };
    // None may be chosen first, yet nobody can take a class away again.
    return <InCell row={row} field={{ ...field, required: true }} was={was} keep={keep} leave={leave} />;
  }
  if (field.read_only) return null;
  const keep = (value: unknown) => {
    if (same(value, was)) return;
    // Along its process by the verb that asks for what the gate misses.
    const to = slug === 'stage' ? labels.option('stage', value) : undefined;
    const done = to ? moveStage(row, to) : changeField(row, field, value, labels);
    Promise.resolve<unknown>(done).catch(sayFailure);
  };
  const Editor = needsRoom(field) ? OverCell : InCell;
  return <Editor row={row} field={field} was={was} keep={keep} leave={leave} />;
}
