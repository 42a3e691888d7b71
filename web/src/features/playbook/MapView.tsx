import { Button } from 'antd';
import { Briefcase, CalendarDays, Clock3, Lock, Maximize2, Plus, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useDrag } from '@/lib/drag';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Chart, chartOf } from './Chart';
import { nodeOf } from './draft';
import type { Acts } from './use-acts';
import type { Shaping } from './use-shaping';

const ZOOMS = [0.5, 0.67, 0.8, 0.9, 1, 1.25, 1.5];
const WALK: Record<string, -1 | 1> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

function Zoom({ zoom, set, fit }: { zoom: number; set: (to: number) => void; fit: () => void }) {
  const smaller = ZOOMS.filter((one) => one < zoom - 0.01).at(-1);
  const larger = ZOOMS.find((one) => one > zoom + 0.01);
  return (
    <div className="pb-zoom">
      <button
        type="button"
        className="icon-act"
        aria-label={t('playbook.zoom_out')}
        disabled={!smaller}
        onClick={() => smaller && set(smaller)}
      >
        <ZoomOut size={15} strokeWidth={1.6} />
      </button>
      <span className="second">{Math.round(zoom * 100)}%</span>
      <button
        type="button"
        className="icon-act"
        aria-label={t('playbook.zoom_in')}
        disabled={!larger}
        onClick={() => larger && set(larger)}
      >
        <ZoomIn size={15} strokeWidth={1.6} />
      </button>
      <button
        type="button"
        className="icon-act"
        aria-label={t('playbook.fit')}
        title={t('playbook.fit')}
        onClick={fit}
      >
        <Maximize2 size={15} strokeWidth={1.6} />
      </button>
    </div>
  );
}

/** What the pictures mean. */
const LEGEND = [
  [Clock3, 'playbook.legend_hours'],
  [CalendarDays, 'playbook.legend_days'],
  [Briefcase, 'playbook.legend_workdays'],
  [Lock, 'playbook.legend_gate'],
] as const;

function Legend() {
  return (
    <ul className="pb-legend">
      {LEGEND.map(([Icon, label]) => (
        <li key={label}>
          <Icon size={13} strokeWidth={1.6} aria-hidden="true" /> {t(label)}
        </li>
      ))}
    </ul>
  );
}

/** The map of a process: cards are chosen, carried to another place, or stepped there with Alt and the arrows. */
export function MapView({ shaping, acts }: { shaping: Shaping; acts: Acts | null }) {
  const { draft, latest, selected, select } = shaping;
  const { nodes } = draft.document;
  const box = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const drawing = chartOf(nodes, selected);
  const drag = useDrag<string>({
    movable: (key) => acts !== null && !nodeOf(draft, key)?.beside,
    find: (x, y, key) => {
      const found = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-node]')?.dataset.node;
      return found && found !== key && !nodeOf(draft, found)?.beside ? found : null;
    },
    drop: (key, target) => {
      acts?.moveOnto(key, target);
      select(key);
    },
    scroller: () => box.current,
  });
  const fit = () => {
    const room = box.current;
    if (!room) return;
    const share = Math.min(
      (room.clientWidth - 16) / drawing.width,
      (room.clientHeight - 120) / drawing.height,
    );
    setZoom(Math.min(1, Math.max(0.5, share)));
  };
  const walk = (key: string, by: -1 | 1) => {
    const next = nodes[nodes.findIndex((one) => one.key === key) + by];
    if (!next) return;
    select(next.key);
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-node="${next.key}"]`)?.focus(),
    );
  };
  const press = (event: KeyboardEvent, key: string) => {
    const by = WALK[event.key];
    if (by && event.altKey && acts) {
      acts.step(key, by);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-node="${key}"]`)?.focus());
    } else if (by) walk(key, by);
    else if (event.key === 'Enter' || event.key === ' ') {
      select(key);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.pb-panel [role="tab"]')?.focus());
    } else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)) acts?.copy(key);
    else return;
    event.preventDefault();
  };
  const held = nodeOf(draft, drag.held);
  return (
    <div className="pb-map" ref={box}>
      <div className="pb-map-head">
        {acts ? (
          <Button icon={<Plus size={16} strokeWidth={1.8} />} onClick={acts.add}>
            {t('playbook.add_node')}
          </Button>
        ) : null}
        <span className="second">{t('playbook.stay', { n: customersOf(shaping) })}</span>
      </div>
      <div className="pb-stage" style={{ zoom }}>
        <Chart
          nodes={nodes}
          book={latest}
          drawing={drawing}
          selected={selected}
          card={(node, said, place, side) => (
            <button
              type="button"
              key={node.key}
              className="pb-card"
              style={place}
              data-node={node.key}
              data-side={side || undefined}
              data-held={drag.held === node.key || undefined}
              data-over={drag.over === node.key || undefined}
              aria-pressed={selected === node.key}
              aria-label={words(node)}
              onPointerDown={(event) => drag.start(event, node.key)}
              onClick={() => !drag.moved() && select(node.key)}
              onKeyDown={(event) => press(event, node.key)}
            >
              {said}
            </button>
          )}
        />
        <p className="second pb-exits">
          {t('playbook.exits')} <span className="pb-exit">{t('playbook.exit_pause')}</span>
          <span className="pb-exit">{t('playbook.exit_lost')}</span>
        </p>
      </div>
      <div className="pb-map-foot">
        <Legend />
        <Zoom zoom={zoom} set={setZoom} fit={fit} />
      </div>
      {held
        ? createPortal(
            <div className="fd-ghost pb-ghost" ref={drag.ghost} aria-hidden="true">
              {words(held)}
            </div>,
            document.body,
          )
        : null}
    </div>
  );
}

/** How many customers stand in the process. */
export const customersOf = ({ latest }: Shaping): number =>
  Object.values(latest.node_facts ?? {}).reduce((sum, one) => sum + one.customers, 0);
