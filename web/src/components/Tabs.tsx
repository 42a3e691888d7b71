import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

export interface Choice<K> {
  key: K;
  label: ReactNode;
}
interface Asked<K> {
  choices: readonly Choice<K>[];
  value: K | null;
  onChange: (key: K) => void;
  /** Of the row, and of each button in it. */
  className: string;
  each?: string;
  label?: string;
  /** What stands behind the buttons. */
  children?: ReactNode;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
/** So much of the neighbour shows beside the chosen one, in px. */
const BESIDE = 48;

/** One of a row of buttons: Tab leads to the chosen one, the arrows to the next; the chosen one is in sight. */
function Choices<K extends string | number>({
  tabs,
  choices,
  value,
  onChange,
  className,
  each = 'plain',
  label,
  children,
}: Asked<K> & { tabs: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const role = tabs ? 'tab' : 'radio';
  const at = choices.findIndex((one) => one.key === value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when the choice or the buttons change
  useEffect(() => {
    const row = box.current;
    const chosen = row?.querySelectorAll<HTMLElement>(`[role="${role}"]`)[at];
    if (!row || !chosen || row.scrollWidth <= row.clientWidth) return;
    const left = chosen.getBoundingClientRect().left - row.getBoundingClientRect().left;
    if (left < 0 || left + chosen.offsetWidth > row.clientWidth)
      row.scrollLeft = Math.max(0, row.scrollLeft + left - BESIDE);
  }, [at, choices.length]);
  const walk = (event: KeyboardEvent) => {
    const to = at + (STEPS[event.key] ?? 0);
    const next = choices[to];
    if (!next || to === at) return;
    event.preventDefault();
    onChange(next.key);
    box.current?.querySelectorAll<HTMLElement>(`[role="${role}"]`)[to]?.focus();
  };
  const named = { role: tabs ? 'tablist' : 'radiogroup', 'aria-label': label };
  return (
    <div {...named} className={className} ref={box} onKeyDown={walk}>
      {choices.map((one, place) => (
        <button
          type="button"
          key={one.key}
          {...(tabs ? { role, 'aria-selected': place === at } : { role, 'aria-checked': place === at })}
          tabIndex={place === Math.max(0, at) ? 0 : -1}
          className={each || undefined}
          onClick={() => onChange(one.key)}
        >
          {one.label}
        </button>
      ))}
      {children}
    </div>
  );
}

/** Which part of a page is open. */
export function Tabs<K extends string | number>(asked: Asked<K>) {
  return <Choices tabs {...asked} />;
}

/** Which of a few values holds. */
export function Radios<K extends string | number>(asked: Asked<K>) {
  return <Choices tabs={false} {...asked} />;
}
