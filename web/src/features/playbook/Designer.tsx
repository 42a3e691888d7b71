import { useState } from 'react';
import type { Playbook } from '@/api/playbooks';
import { DesignerBar } from '@/components/designer/DesignerBar';
import { useStepKeys } from '@/components/designer/use-step-keys';
import { Radios } from '@/components/Tabs';
import { words } from '@/lib/names';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { BookPanel } from './BookPanel';
import { Clash } from './Clash';
import { nodeOf } from './draft';
import { ImpactDrawer } from './ImpactDrawer';
import { LaneView } from './LaneView';
import { MapView } from './MapView';
import { NodePanel, type PanelTab } from './NodePanel';
import { PrintSheets } from './PrintSheets';
import { TableView } from './TableView';
import { useActs } from './use-acts';
import { useShaping } from './use-shaping';
import { Versions } from './Versions';

const VIEWS = ['map', 'lanes', 'table'] as const;
export type View = (typeof VIEWS)[number];

/** 地图, 泳道, 表格: three looks at the same process. */
export function Views({ view, set }: { view: View; set: (to: View) => void }) {
  return (
    <Radios
      className="pb-views"
      each="plain"
      label={t('playbook.views')}
      value={view}
      onChange={set}
      choices={VIEWS.map((key) => ({ key, label: t(`playbook.view_${key}`) }))}
    />
  );
}

/** The designer of one process. */
export function Designer({ latest }: { latest: Playbook }) {
  const shaping = useShaping(latest);
  const { base, draft, selected, select, changes, dirty, stored, theirs } = shaping;
  const acts = useActs(shaping);
  const [view, setView] = useState<View>('map');
  const [tab, setTab] = useState<PanelTab>('action');
  const [open, setOpen] = useState<'publish' | 'versions' | null>(null);
  useUnsaved(dirty, t(stored ? 'designer.leave_stored' : 'designer.leave', { n: changes.length }));
  const look = () => setOpen('publish');
  useStepKeys({ undo: shaping.undo, redo: shaping.redo, publish: dirty ? look : null });
  const node = nodeOf(draft, selected);
  const title = words(draft.document.title);
  const mend = (key: string | null, part: PanelTab) => {
    setOpen(null);
    select(key);
    setTab(part);
  };
  return (
    <div className="pb">
      <DesignerBar
        back={{ to: '/manage/playbooks', label: t('playbook.back_to_list') }}
        kind={t('playbook.process')}
        title={title}
        shaped={{
          version: base.version,
          changes: changes.length,
          stored,
          undo: shaping.undo,
          redo: shaping.redo,
          discard: () => shaping.start(theirs ?? latest),
        }}
        middle={<Views view={view} set={setView} />}
        openVersions={() => setOpen('versions')}
        openPublish={look}
      />
      <div className="pb-body" data-panel={view !== 'lanes' || node ? true : undefined}>
        {view === 'map' ? <MapView shaping={shaping} acts={acts} /> : null}
        {view === 'lanes' ? <LaneView shaping={shaping} edits /> : null}
        {view === 'table' ? <TableView shaping={shaping} /> : null}
        {node ? (
          <NodePanel shaping={shaping} acts={acts} node={node} tab={tab} setTab={setTab} />
        ) : view === 'lanes' ? null : (
          <BookPanel shaping={shaping} />
        )}
      </div>
      <PrintSheets nodes={draft.document.nodes} book={latest} title={title} />
      {open === 'publish' ? <ImpactDrawer shaping={shaping} mend={mend} close={() => setOpen(null)} /> : null}
      {open === 'versions' ? <Versions shaping={shaping} edits close={() => setOpen(null)} /> : null}
      {theirs ? <Clash shaping={shaping} theirs={theirs} /> : null}
    </div>
  );
}
