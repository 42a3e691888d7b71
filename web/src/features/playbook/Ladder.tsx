import { Button, InputNumber, Popover, Select } from 'antd';
import {
  Bell,
  BellRing,
  GripVertical,
  type LucideIcon,
  Plus,
  Siren,
  Trash2,
  UserRoundCog,
  Waves,
} from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { ClockKind, Rung } from '@/api/playbooks';
import { useDrag } from '@/lib/drag';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { moved } from './draft';
import type { Edited } from './NodePanel';
import { CLOCKS, DOES, doesSaid, whenSaid } from './said';

const ICONS: Record<Rung['do'], LucideIcon> = {
  remind: Bell,
  alert: BellRing,
  copy: Siren,
  reassign: UserRoundCog,
  pool: Waves,
};
const FROMS: readonly Rung['from'][] = ['enter', 'before', 'due'];
const NEXT: Rung = { from: 'due', amount: 1, clock: 'workdays', do: 'copy', to: 'superior' };
const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };
/** Whom a step reaches that needs no choice. */
const NOBODY: ReadonlySet<Rung['do']> = new Set(['pool']);

/** A step of the ladder while it is changed: when, what, whom. */
function RungEditor({
  rung,
  set,
  shaping,
  remove,
}: { rung: Rung; set: (to: Rung) => void; remove: () => void } & Pick<Edited, 'shaping'>) {
  const roles = shaping.latest.roles.map((one) => ({ value: `role:${one.key}`, label: words(one) }));
  const people = (['owner', 'superior', 'head'] as const).map((value) => ({
    value,
    label: t(`playbook.to_${value}`),
  }));
  return (
    <div className="pb-rung-editor">
      <Select<Rung['from']>
        aria-label={t('playbook.rung_from')}
        value={rung.from}
        options={FROMS.map((value) => ({ value, label: t(`playbook.from_${value}`) }))}
        onChange={(from) =>
          set({ ...rung, from, amount: from === 'due' ? rung.amount : Math.max(1, rung.amount) })
        }
      />
      <span className="pb-span">
        <InputNumber
          aria-label={t('playbook.amount')}
          min={rung.from === 'due' ? 0 : 1}
          max={999}
          precision={0}
          value={rung.amount}
          onChange={(amount) => amount !== null && set({ ...rung, amount })}
        />
        <Select<ClockKind>
          aria-label={t('playbook.clock')}
          value={rung.clock}
          options={CLOCKS.map((value) => ({ value, label: t(`playbook.clock_${value}`) }))}
          onChange={(clock) => set({ ...rung, clock })}
        />
      </span>
      <Select<Rung['do']>
        aria-label={t('playbook.rung_do')}
        value={rung.do}
        options={DOES.map((value) => ({ value, label: t(`playbook.do_${value}`) }))}
        onChange={(todo) => set({ ...rung, do: todo })}
      />
      {NOBODY.has(rung.do) ? null : (
        <Select
          aria-label={t('playbook.rung_to')}
          value={rung.to}
          options={[...people, { label: t('playbook.owner_roles'), options: roles }]}
          onChange={(to: string) => set({ ...rung, to })}
        />
      )}
      <Button type="text" danger icon={<Trash2 size={14} strokeWidth={1.6} />} onClick={remove}>
        {t('common.delete')}
      </Button>
    </div>
  );
}

/** 一级一级往上报: each step a sentence; carried by its handle, or with Space and the arrows. */
export function Ladder({ shaping, node, set }: Edited) {
  const { ladder } = node;
  const [open, setOpen] = useState<number | null>(null);
  const [lifted, setLifted] = useState<number | null>(null);
  const box = useRef<HTMLOListElement>(null);
  const put = (next: Rung[]) => set({ ladder: next });
  const carry = (from: number, to: number) => from !== to && put(moved(ladder, from, to));
  const drag = useDrag<number>({
    find: (x, y) =>
      document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-rung]')?.dataset.rung ?? null,
    drop: (from, to) => carry(from, Number(to)),
    scroller: () => box.current?.closest('.pb-panel-body') ?? null,
  });
  const press = (event: KeyboardEvent, at: number) => {
    const by = STEPS[event.key];
    if (event.key === ' ' || event.key === 'Enter') setLifted(lifted === at ? null : at);
    else if (event.key === 'Escape') setLifted(null);
    else if (by && lifted === at) {
      const to = at + by;
      if (to < 0 || to >= ladder.length) return;
      carry(at, to);
      setLifted(to);
      requestAnimationFrame(() =>
        box.current?.querySelector<HTMLElement>(`[data-rung="${to}"] .pb-grip`)?.focus(),
      );
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <ol className="pb-ladder" ref={box}>
        {ladder.map((rung, at) => {
          const Icon = ICONS[rung.do];
          const said = `${whenSaid(rung)} ${doesSaid(rung, shaping.latest)}`;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same
              key={at}
              data-rung={at}
              data-step={Math.min(at, 4)}
              data-held={drag.held === at || lifted === at || undefined}
              data-over={
                drag.held !== null && drag.over === String(at)
                  ? drag.held < at
                    ? 'after'
                    : 'before'
                  : undefined
              }
            >
              <span className="pb-ring" aria-hidden="true">
                <Icon size={13} strokeWidth={1.6} />
              </span>
              <Popover
                open={open === at}
                onOpenChange={(on) => setOpen(on ? at : null)}
                trigger="click"
                placement="bottomRight"
                arrow={false}
                destroyOnHidden
                content={
                  <RungEditor
                    rung={rung}
                    shaping={shaping}
                    set={(next) => put(ladder.map((one, place) => (place === at ? next : one)))}
                    remove={() => {
                      setOpen(null);
                      put(ladder.filter((_, place) => place !== at));
                    }}
                  />
                }
              >
                <button type="button" className="plain pb-rung">
                  <b>{whenSaid(rung)}</b> {doesSaid(rung, shaping.latest)}
                </button>
              </Popover>
              <button
                type="button"
                className="plain pb-grip"
                aria-label={t('playbook.carry', { what: said })}
                aria-pressed={lifted === at}
                onPointerDown={(event) => {
                  const row = event.currentTarget.closest('li');
                  if (row) drag.start(event, at, { box: row.getBoundingClientRect(), finger: true });
                }}
                onKeyDown={(event) => press(event, at)}
                onBlur={() => setLifted((old) => (old === at ? null : old))}
              >
                <GripVertical size={15} strokeWidth={1.6} aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        className="act pb-add"
        onClick={() => {
          put([
            ...ladder,
            ladder.length
              ? NEXT
              : { ...NEXT, from: 'before', amount: 4, clock: 'hours', do: 'remind', to: 'owner' },
          ]);
          setOpen(ladder.length);
        }}
      >
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('playbook.add_rung')}
      </button>
    </>
  );
}
