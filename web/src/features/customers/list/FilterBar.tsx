import { Popover } from 'antd';
import { Plus, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { keys, queryClient } from '@/api/queries';
import type { MemberRow } from '@/api/types';
import { useMe } from '@/app/session';
import { type Condition, describe } from '@/lib/filter';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

const FilterEditor = lazy(async () => ({ default: (await import('./FilterEditor')).FilterEditor }));

/** Names of members already read; the editor of 负责人 reads them. */
export function useMemberName(): (id: number) => string {
  const { member } = useMe();
  return (id) => {
    if (id === member.id) return member.name;
    const known = queryClient.getQueryData<{ items: MemberRow[] }>(keys.members);
    return known?.items.find((one) => one.id === id)?.name ?? `#${id}`;
  };
}

function Chip({
  condition,
  change,
  remove,
}: {
  condition: Condition;
  change: (next: Condition) => void;
  remove: () => void;
}) {
  const [open, setOpen] = useState(false);
  const labels = useLabels();
  const memberName = useMemberName();
  const { name, value } = describe(condition, labels, memberName);
  return (
    <span className="chip">
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={
          <Suspense fallback={<div className="filter-editor" />}>
            <FilterEditor
              first={condition}
              apply={(next) => {
                setOpen(false);
                change(next);
              }}
            />
          </Suspense>
        }
      >
        <button type="button" className="plain chip-main">
          <span className="chip-name">{name}</span> <b>{value}</b>
        </button>
      </Popover>
      <button
        type="button"
        className="plain chip-x"
        aria-label={t('customers.filter_remove', { name })}
        onClick={remove}
      >
        <X size={13} strokeWidth={1.6} />
      </button>
    </span>
  );
}

/** Conditions as chips that read as a sentence, and a button for one more. */
export function FilterBar({
  conditions,
  set,
}: {
  conditions: Condition[];
  set: (next: Condition[]) => void;
}) {
  const [adding, setAdding] = useState(false);
  // A closed popover keeps what it showed; each opening starts from the choice of a field.
  const [turn, setTurn] = useState(0);
  return (
    <div className="chips">
      {conditions.map((condition, index) => (
        <Chip
          key={`${condition.field} ${condition.op}`}
          condition={condition}
          change={(next) => set(conditions.map((one, at) => (at === index ? next : one)))}
          remove={() => set(conditions.filter((_, at) => at !== index))}
        />
      ))}
      <Popover
        open={adding}
        onOpenChange={(next) => {
          setAdding(next);
          if (next) setTurn(turn + 1);
        }}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={
          <Suspense fallback={<div className="filter-editor" />}>
            <FilterEditor
              key={turn}
              apply={(next) => {
                setAdding(false);
                set([...conditions.filter((one) => one.field !== next.field), next]);
              }}
            />
          </Suspense>
        }
      >
        <button type="button" className="plain chip-add">
          <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('customers.condition')}
        </button>
      </Popover>
      {conditions.length > 1 ? (
        <button type="button" className="plain chip-add faint" onClick={() => set([])}>
          {t('customers.filter_clear')}
        </button>
      ) : null}
    </div>
  );
}
