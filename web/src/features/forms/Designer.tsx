import { PanelLeft } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Design } from '@/api/designs';
import { SubjectProvider } from '@/components/list/kind';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { useAsked } from './asking';
import { Bar } from './Bar';
import { Canvas, type Device } from './Canvas';
import { Clash } from './Clash';
import { CostLine, useMeter } from './Cost';
import { entryOf, isShown, partsOf } from './draft';
import { ImpactDrawer } from './ImpactDrawer';
import { Library } from './Library';
import { type Carried, carriedName, landingOf } from './names';
import { Panel } from './Panel';
import { PaperDrop } from './PaperDrop';
import { Refused } from './Refused';
import { RuleList } from './Rules';
import { useActs } from './use-acts';
import { useCarry } from './use-carry';
import { useDesigner } from './use-designer';
import { useDesignerKeys } from './use-keys';
import { Versions } from './Versions';

/** Puts the focus on a cell or a head once it is drawn in its new place. */
function focusOn(uid: string): void {
  requestAnimationFrame(() => {
    const head = uid.startsWith('group:');
    const handle = head ? `[data-head="${uid.slice(6)}"] .fd-head-name` : `[data-cell="${uid}"] .fd-hit`;
    const node = document.querySelector<HTMLElement>(handle);
    node?.focus({ preventScroll: true });
    node?.closest('[data-cell], [data-head]')?.scrollIntoView({ block: 'nearest' });
  });
}

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** The designer of one form: 字段库, the form itself, what is chosen. */
export function Designer({ latest }: { latest: Design }) {
  const designer = useDesigner(latest);
  const { draft, selected, select, changes, dirty, refusals, theirs } = designer;
  const meter = useMeter(designer.type);
  const subject = useAsked(designer.type, draft, null);
  const acts = useActs(designer, latest.types);
  const canvas = useRef<HTMLDivElement>(null);
  const library = useRef<HTMLDivElement>(null);
  const [device, setDevice] = useState<Device>('desk');
  const [open, setOpen] = useState<'publish' | 'versions' | null>(null);
  const [shelf, setShelf] = useState(false);
  const carry = useCarry(draft, canvas, (item, key) => {
    acts.land(item, key);
    if (item.kind === 'field') focusOn(item.uid);
    if (item.kind === 'group') focusOn(`group:${item.key}`);
  });
  useUnsaved(dirty, t(designer.stored ? 'designer.leave_stored' : 'designer.leave', { n: changes.length }));
  const look = () => {
    if (designer.ready()) setOpen('publish');
  };
  useDesignerKeys({
    undo: designer.undo,
    redo: designer.redo,
    publish: dirty ? look : null,
    device: () => setDevice(device === 'desk' ? 'phone' : 'desk'),
    find: () => library.current?.querySelector('input')?.focus(),
  });

  const choose = (uid: string) => {
    select(uid);
    focusOn(uid);
  };
  const walk = (uid: string, by: number) => {
    const order = partsOf(draft).flatMap((part) => [
      `group:${part.key}`,
      ...part.fields.map((field) => field.uid),
    ]);
    const next = order[order.indexOf(uid) + by];
    if (next) choose(next);
  };
  const press = (event: KeyboardEvent, uid: string, item: Carried) => {
    if (carry.press(event, item)) return;
    const entry = entryOf(draft, uid);
    const by = STEPS[event.key];
    if (by) walk(uid, by);
    else if (event.key === 'Enter') {
      select(uid);
      requestAnimationFrame(() => document.getElementById('fp-label')?.focus());
    } else if (event.key === 'Delete' && entry?.can.hide) {
      acts.hide(uid);
      walk(uid, 1);
    } else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)) {
      if (entry && acts.copies(entry)) acts.copy(uid);
    } else return;
    event.preventDefault();
  };
  const { held, over } = carry;
  const landing = held && over ? landingOf(draft, held, over) : '';
  const shown = entryOf(draft, selected);
  const drawn = {
    draft,
    selected: shown && !isShown(shown) && !shown.auto ? null : selected,
    refusals,
    carry,
    acts: {
      choose,
      copies: acts.copies,
      copy: acts.copy,
      hide: acts.hide,
      remove: acts.remove,
      press: (event: KeyboardEvent, uid: string) => press(event, uid, { kind: 'field', uid }),
      pressGroup: (event: KeyboardEvent, key: string) => press(event, `group:${key}`, { kind: 'group', key }),
      addGroup: () => acts.addGroup(),
    },
  };
  return (
    <SubjectProvider value={subject}>
      <div className="fd" data-shelf={shelf || undefined}>
        <Bar
          designer={designer}
          design={latest}
          openVersions={() => setOpen('versions')}
          openPublish={look}
        />
        <Refused designer={designer} />
        <div className="fd-body">
          <Library
            draft={draft}
            types={latest.types}
            acts={acts}
            carry={carry}
            selected={selected}
            select={choose}
            spelling={(key) => latest.spellings[key ?? ''] ?? ''}
            find={library}
            meter={meter}
            rules={<RuleList designer={designer} />}
            paper={<PaperDrop designer={designer} acts={acts} types={latest.types} />}
          />
          <Canvas
            drawn={drawn}
            device={device}
            setDevice={setDevice}
            box={canvas}
            figures={<CostLine draft={draft} was={designer.was} meter={meter} />}
            tools={
              <button
                type="button"
                className="act fd-shelf"
                aria-expanded={shelf}
                onClick={() => setShelf(!shelf)}
              >
                <PanelLeft size={15} strokeWidth={1.6} aria-hidden="true" />
                {t('forms.library')}
              </button>
            }
          />
          <Panel designer={designer} acts={acts} types={latest.types} builtIn={latest.built_in_groups} />
        </div>
        <p className="sr" aria-live="assertive">
          {held ? `${t('forms.carrying', { name: carriedName(draft, held) })} ${landing}` : ''}
        </p>
        {held ? (
          <p className="fd-say" aria-hidden="true">
            {[landing, t(carry.byPointer ? 'forms.say_pointer' : 'forms.say_keys')]
              .filter(Boolean)
              .join(' · ')}
          </p>
        ) : null}
        {held && carry.byPointer
          ? createPortal(
              <div className="fd-ghost" ref={carry.ghost} aria-hidden="true">
                {carriedName(draft, held)}
              </div>,
              document.body,
            )
          : null}
        {open === 'publish' ? <ImpactDrawer designer={designer} close={() => setOpen(null)} /> : null}
        {open === 'versions' ? (
          <Versions
            type={designer.type}
            version={designer.base.version}
            dirty={dirty}
            close={() => setOpen(null)}
          />
        ) : null}
        {theirs ? <Clash designer={designer} theirs={theirs} /> : null}
      </div>
    </SubjectProvider>
  );
}
