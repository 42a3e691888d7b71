import { Button, Drawer, Modal, Segmented } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { memo, type ReactNode, type RefObject, useId, useRef, useState } from 'react';
import { Pick } from '@/components/Pick';
import { editorOf, type Node, partsOf } from '@/lib/filter';
import { type Group, type Item, isGroup, isRow, itemOf, type Mode, nodeOfItem } from '@/lib/filter-rows';
import { sentenceOfNode } from '@/lib/filter-words';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { useSubject } from '../kind';
import { firstRow, RowEditor } from './RowEditor';
import { useNaming } from './use-naming';
import '@/components/sheet.css';
import './builder.css';

const DEEPEST = 3;
const MODES: Mode[] = ['all', 'any', 'none'];
let made = 0;
/** Lines keep their inputs when one between them goes. */
const NAMES = new WeakMap<object, number>();
function nameOf(item: Item): number {
  const known = NAMES.get(item);
  if (known !== undefined) return known;
  made += 1;
  NAMES.set(item, made);
  return made;
}
function renamed<T extends Item>(from: Item, to: T): T {
  NAMES.set(to, nameOf(from));
  return to;
}

/** Drawn again only when its own item changed; what it calls is always the latest. */
const Line = memo(OneLine, (old, next) => old.item === next.item && old.acts === next.acts);

interface Acts {
  set: (item: Item) => void;
  remove: () => void;
}

function OneLine({ item, acts }: { item: Item; acts: RefObject<Map<Item, Acts>> }) {
  const set = (next: Item) => acts.current.get(item)?.set(next);
  const remove = () => acts.current.get(item)?.remove();
  const { labels, record } = useSubject();
  const kept = isRow(item) ? null : 'kept' in item ? item.kept : nodeOfItem(item);
  const naming = useNaming(kept ? [kept] : []);
  const fields = labels.fields(record).filter((one) => editorOf(one));
  const field = isRow(item) ? labels.field(record, item.field) : undefined;
  return (
    <div className="build-line">
      {isRow(item) && field ? (
        <>
          <Pick
            label={t('customers.filter_field')}
            clear={false}
            value={item.field}
            choices={fields.map((one) => ({ value: one.slug, label: words(one.label) }))}
            onChange={(slug) => {
              const next = fields.find((one) => one.slug === slug);
              if (next && next.slug !== item.field) set(renamed(item, firstRow(next)));
            }}
          />
          <RowEditor dense field={field} row={item} set={(row) => set(renamed(item, row))} />
        </>
      ) : (
        <span className="second build-kept">{kept ? sentenceOfNode(kept, naming) : null}</span>
      )}
      <button type="button" className="icon-act" aria-label={t('filters.remove_line')} onClick={remove}>
        <Trash2 size={15} strokeWidth={1.6} />
      </button>
    </div>
  );
}

function Lines({
  group,
  set,
  remove,
  depth,
}: {
  group: Group;
  set: (group: Group) => void;
  remove?: () => void;
  depth: number;
}) {
  const { labels, record } = useSubject();
  const title = useId();
  const acts = useRef(new Map<Item, Acts>());
  acts.current = new Map();
  const put = (items: Item[]) => set(renamed(group, { ...group, items }));
  const blank = (): Item[] => {
    const field = labels.field(record, 'stage') ?? labels.fields(record).find((one) => editorOf(one));
    return field ? [firstRow(field)] : [];
  };
  return (
    <fieldset className="build-group" data-depth={depth} aria-labelledby={title}>
      <div className="build-head">
        <span className="second" id={title}>
          {t('filters.match')}
        </span>
        <Segmented<Mode>
          size="small"
          value={group.mode}
          onChange={(mode) => set(renamed(group, { ...group, mode }))}
          options={MODES.map((mode) => ({ value: mode, label: t(`filters.mode_${mode}`) }))}
        />
        {remove ? (
          <button type="button" className="icon-act" aria-label={t('filters.remove_group')} onClick={remove}>
            <Trash2 size={15} strokeWidth={1.6} />
          </button>
        ) : null}
      </div>
      {group.items.map((item, at) => {
        const change = (next: Item) => put(group.items.map((one, place) => (place === at ? next : one)));
        const drop = () => put(group.items.filter((_, place) => place !== at));
        acts.current.set(item, { set: change, remove: drop });
        return isGroup(item) ? (
          <Lines key={nameOf(item)} group={item} set={change} remove={drop} depth={depth + 1} />
        ) : (
          <Line key={nameOf(item)} item={item} acts={acts} />
        );
      })}
      <div className="build-add">
        <button type="button" className="act" onClick={() => put([...group.items, ...blank()])}>
          <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('customers.condition')}
        </button>
        {depth < DEEPEST ? (
          <button
            type="button"
            className="act"
            onClick={() => put([...group.items, { mode: 'any', items: blank() }])}
          >
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('filters.group')}
          </button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** Conditions in groups, with the sentence they make. */
export function Builder({
  nodes,
  title = t('customers.filter'),
  nothing = t('filters.nothing'),
  said,
  apply,
  close,
}: {
  nodes: readonly Node[];
  /** Over the sheet of the phone. */
  title?: string;
  /** What it means that there is no condition. */
  nothing?: string;
  /** What can be told of the conditions as they stand, for instance how many rows meet them. */
  said?: (node: Node | null) => ReactNode;
  apply: (nodes: Node[]) => void;
  close: () => void;
}) {
  const phone = usePhone();
  const [group, setGroup] = useState<Group>(() => ({ mode: 'all', items: nodes.map(itemOf) }));
  const node = nodeOfItem(group);
  const naming = useNaming(node ? [node] : []);
  const done = () => {
    apply(group.mode === 'all' ? partsOf(node) : node ? [node] : []);
    close();
  };
  const body = (
    <div
      className="build"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) done();
      }}
    >
      <Lines group={group} set={setGroup} depth={1} />
      <p className="build-sentence" aria-live="polite">
        {node ? sentenceOfNode(node, naming) : nothing}
      </p>
    </div>
  );
  const foot = (
    <div className="build-foot">
      <span className="second" role="status">
        {said?.(node)}
      </span>
      <Button onClick={() => setGroup({ mode: 'all', items: [] })}>{t('filters.clear')}</Button>
      <Button type="primary" onClick={done}>
        {t('customers.filter_apply')}
      </Button>
    </div>
  );
  return phone ? (
    <Drawer
      open
      placement="bottom"
      size="86dvh"
      title={title}
      onClose={close}
      closable={{ placement: 'end' }}
      rootClassName="bottom-sheet"
      footer={foot}
    >
      {body}
    </Drawer>
  ) : (
    <Modal open title={t('filters.build')} onCancel={close} width={760} footer={foot}>
      {body}
    </Modal>
  );
}
