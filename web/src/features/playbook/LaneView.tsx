import { Button } from 'antd';
import { Printer } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useDrag } from '@/lib/drag';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { nodeOf, patchNode } from './draft';
import { LaneChart } from './LaneChart';
import { handoffsOf, lanesOf } from './lanes';
import type { Shaping } from './use-shaping';

/** The swim lanes while they are shaped: a card carried into another lane changes who does it. */
export function LaneView({ shaping, edits }: { shaping: Shaping; edits: boolean }) {
  const { draft, latest, selected, select, change } = shaping;
  const { nodes } = draft.document;
  const box = useRef<HTMLDivElement>(null);
  const give = (key: string, owner: string) => {
    if (nodeOf(draft, key)?.owner !== owner) change(patchNode(draft, key, { owner }));
  };
  const drag = useDrag<string>({
    movable: () => edits,
    find: (x, y) => {
      const lanes = [...(box.current?.querySelectorAll<HTMLElement>('[data-lane]') ?? [])];
      const found = lanes.find((lane) => {
        const { left, right, top, bottom } = lane.getBoundingClientRect();
        return x >= left && x <= right && y >= top && y <= bottom;
      });
      return found?.dataset.lane ?? null;
    },
    drop: give,
    scroller: () => box.current,
  });
  const press = (event: KeyboardEvent, key: string) => {
    if (!edits || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    const owners = lanesOf(nodes).map((one) => one.owner);
    const at = owners.indexOf(nodeOf(draft, key)?.owner ?? '');
    const to = owners[at + (event.key === 'ArrowUp' ? -1 : 1)];
    if (to) give(key, to);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-node="${key}"]`)?.focus());
  };
  const hands = handoffsOf(nodes).filter((one) => one.changes).length;
  const held = nodeOf(draft, drag.held);
  return (
    <div className="pb-lanes">
      <div className="pb-lanes-scroll" ref={box}>
        <LaneChart
          nodes={nodes}
          book={latest}
          over={drag.held ? drag.over : null}
          card={(node, said, place) => (
            <button
              type="button"
              key={node.key}
              className="pb-task"
              style={place}
              data-node={node.key}
              data-held={drag.held === node.key || undefined}
              aria-pressed={selected === node.key}
              aria-label={words(node)}
              onPointerDown={(event) => drag.start(event, node.key)}
              onClick={() => !drag.moved() && select(selected === node.key ? null : node.key)}
              onKeyDown={(event) => press(event, node.key)}
            >
              {said}
            </button>
          )}
        />
      </div>
      <footer className="pb-lanes-foot">
        <span className="second">{t('playbook.hands', { n: hands })}</span>
        <span className="fd-bar-gap" />
        {edits ? <span className="meta">{t('playbook.lane_hint')}</span> : null}
        <Button icon={<Printer size={15} strokeWidth={1.6} />} onClick={() => window.print()}>
          {t('playbook.print')}
        </Button>
      </footer>
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
