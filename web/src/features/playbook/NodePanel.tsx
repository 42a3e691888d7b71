import { ArrowLeft, ArrowRight, Copy, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { PlayNode } from '@/api/playbooks';
import { Tabs } from '@/components/Tabs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { ActionTab } from './ActionTab';
import { AssetsTab } from './AssetsTab';
import { mainOf, patchNode } from './draft';
import { GateTab } from './GateTab';
import { LimitTab } from './LimitTab';
import { RemoveNode } from './RemoveNode';
import type { Acts } from './use-acts';
import type { Shaping } from './use-shaping';

export const PANEL_TABS = ['action', 'limit', 'gate', 'assets'] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

/** What a tab of the panel gets: the node, and how it becomes another. */
export interface Edited {
  shaping: Shaping;
  node: PlayNode;
  /** `tag`: further letters of the same word are no step of their own. */
  set: (values: Partial<PlayNode>, tag?: string) => void;
}

function count(node: PlayNode, tab: PanelTab): string {
  const n = { action: 0, limit: 0, gate: node.gate.items.length, assets: node.assets.length }[tab];
  return n ? ` ${n}` : '';
}

/** The chosen node in four parts. */
export function NodePanel({
  shaping,
  acts,
  node,
  tab,
  setTab,
}: {
  shaping: Shaping;
  acts: Acts;
  node: PlayNode;
  tab: PanelTab;
  setTab: (tab: PanelTab) => void;
}) {
  const { draft, change, select } = shaping;
  const [removing, setRemoving] = useState(false);
  const main = mainOf(draft.document.nodes);
  const at = main.findIndex((one) => one.key === node.key);
  const edited: Edited = {
    shaping,
    node,
    set: (values, tag = '') => change(patchNode(draft, node.key, values), tag && `${tag}:${node.key}`),
  };
  const icons = [
    [ArrowLeft, t('playbook.earlier'), at > 0, () => acts.step(node.key, -1)],
    [ArrowRight, t('playbook.later'), at >= 0 && at < main.length - 1, () => acts.step(node.key, 1)],
    [Copy, t('playbook.copy'), true, () => acts.copy(node.key)],
    [
      Trash2,
      t('common.delete'),
      !acts.only(node.key),
      () => (acts.heirs(node.key).length ? setRemoving(true) : acts.remove(node.key, null)),
    ],
    [X, t('playbook.close'), true, () => select(null)],
  ] as const;
  return (
    <aside className="pb-panel" aria-label={words(node)}>
      <header className="pb-panel-head">
        <h2 className="cut">
          {at >= 0 ? `${at + 1} ` : ''}
          {words(node)}
        </h2>
        <span className="meta">{t('playbook.here_n', { n: acts.customersIn(node.key) })}</span>
        <span className="pb-panel-acts">
          {icons.map(([Icon, label, may, run]) => (
            <button
              type="button"
              key={label}
              className="icon-act"
              aria-label={label}
              title={label}
              disabled={!may}
              onClick={run}
            >
              <Icon size={15} strokeWidth={1.6} />
            </button>
          ))}
        </span>
      </header>
      <Tabs
        className="pb-tabs"
        label={words(node)}
        value={tab}
        onChange={setTab}
        choices={PANEL_TABS.map((key) => ({ key, label: `${t(`playbook.tab_${key}`)}${count(node, key)}` }))}
      />
      <div className="pb-panel-body" key={node.key}>
        {tab === 'action' ? <ActionTab {...edited} /> : null}
        {tab === 'limit' ? <LimitTab {...edited} /> : null}
        {tab === 'gate' ? <GateTab {...edited} /> : null}
        {tab === 'assets' ? <AssetsTab {...edited} /> : null}
      </div>
      {removing ? (
        <RemoveNode shaping={shaping} acts={acts} node={node} close={() => setRemoving(false)} />
      ) : null}
    </aside>
  );
}
