import { Dropdown, Input, Radio, Select } from 'antd';
import {
  CircleCheck,
  FileText,
  Filter,
  MessageCircleQuestion,
  Plus,
  Split,
  Stamp,
  TextCursorInput,
  X,
} from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { GateItem } from '@/api/playbooks';
import { Conditions } from '@/components/list/filter/Conditions';
import { SubjectProvider } from '@/components/list/kind';
import { joined, partsOf } from '@/lib/filter';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { locale, t } from '@/locales';
import { besideOf } from './draft';
import type { Edited } from './NodePanel';

const KINDS = ['field', 'record', 'condition', 'objections', 'approval', 'side'] as const;
const ICONS = {
  field: TextCursorInput,
  record: FileText,
  condition: Filter,
  objections: MessageCircleQuestion,
  approval: Stamp,
  side: Split,
};
const FIND = { optionFilterProp: 'label' } as const;
/** So many conditions are read as one sentence; more are put together in the builder. */
const MOST = 3;

function first(kind: GateItem['kind'], { shaping, node }: Edited): GateItem {
  const { fields } = shaping.latest;
  const taken = new Set(node.gate.items.map((item) => (item.kind === 'field' ? item.field : '')));
  switch (kind) {
    case 'field':
      return { kind, field: fields.find((one) => !taken.has(one.slug))?.slug ?? '' };
    case 'record':
      return { kind, zh: '', en: '' };
    case 'condition':
      return { kind, zh: '', en: '', when: null };
    case 'approval':
      return {
        kind,
        purpose: (shaping.latest.purposes.find((one) => one.flow) ?? shaping.latest.purposes[0])?.key ?? '',
      };
    case 'side':
      return { kind, node: besideOf(shaping.draft.document.nodes, node.key)[0]?.key ?? '' };
    default:
      return { kind: 'objections' };
  }
}

/** The words of something to show, in the reader's language. */
function Named({
  item,
  set,
  hint,
}: {
  item: { zh: string; en?: string };
  set: (values: { zh?: string; en?: string }) => void;
  hint: string;
}) {
  const of = locale() === 'zh-CN' ? 'zh' : 'en';
  return (
    <Input
      aria-label={hint}
      value={item[of] ?? ''}
      placeholder={item[of === 'zh' ? 'en' : 'zh'] || hint}
      maxLength={60}
      onChange={(event) => set({ [of]: event.target.value })}
    />
  );
}

function Item({
  item,
  set,
  shaping,
  node,
}: { item: GateItem; set: (to: GateItem, tag?: string) => void } & Omit<Edited, 'set'>): ReactNode {
  const labels = useLabels();
  const { fields, purposes } = shaping.latest;
  switch (item.kind) {
    case 'field':
      return (
        <Select
          aria-label={t('playbook.gate_field')}
          value={item.field}
          showSearch={FIND}
          options={fields.map((one) => ({
            value: one.slug,
            label: words(labels.field('customer', one.slug)?.label ?? one.label),
          }))}
          onChange={(field: string) => set({ ...item, field })}
        />
      );
    case 'record':
      return (
        <Named
          item={item}
          hint={t('playbook.gate_record_hint')}
          set={(values) => set({ ...item, ...values }, 'record')}
        />
      );
    case 'condition':
      return (
        <>
          <Named
            item={item}
            hint={t('playbook.gate_condition_hint')}
            set={(values) => set({ ...item, ...values }, 'condition')}
          />
          <div className="pb-sentence">
            <Conditions
              nodes={partsOf(item.when)}
              set={(next) => set({ ...item, when: joined(next) })}
              most={MOST}
              joint={<span>{t('filters.and')}</span>}
              title={t('filters.build')}
            />
          </div>
        </>
      );
    case 'approval':
      return (
        <Select
          aria-label={t('playbook.gate_approval')}
          value={item.purpose || undefined}
          options={purposes.map((one) => ({
            value: one.key,
            label: one.flow ? words(one) : t('playbook.gate_no_flow', { what: words(one) }),
          }))}
          onChange={(purpose: string) => set({ ...item, purpose })}
        />
      );
    case 'side':
      return (
        <Select
          aria-label={t('playbook.gate_side')}
          value={item.node}
          options={besideOf(shaping.draft.document.nodes, node.key).map((one) => ({
            value: one.key,
            label: words(one),
          }))}
          onChange={(side: string) => set({ ...item, node: side })}
        />
      );
    default:
      return <p className="meta">{t('playbook.gate_objections_hint')}</p>;
  }
}

/** 放行条件: what must be there before one may leave, and what happens where it is not. */
export function GateTab(edited: Edited) {
  const { shaping, node, set } = edited;
  const labels = useLabels();
  const { gate } = node;
  const subject = useMemo(() => ({ record: 'customer', labels }), [labels]);
  const put = (items: GateItem[], tag = '') => set({ gate: { ...gate, items } }, tag);
  const hasSides = besideOf(shaping.draft.document.nodes, node.key).length > 0;
  const open = KINDS.filter(
    (kind) =>
      shaping.latest.gates.includes(kind) &&
      (kind !== 'side' || hasSides) &&
      (kind !== 'objections' || !gate.items.some((item) => item.kind === 'objections')),
  );
  return (
    <SubjectProvider value={subject}>
      <section className="pb-part">
        <h3>{t('playbook.gate')}</h3>
        {gate.items.length ? null : <p className="second">{t('playbook.gate_none')}</p>}
        <ol className="pb-gate">
          {gate.items.map((item, at) => {
            const Icon = ICONS[item.kind];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two items may say the same
              <li key={at}>
                <span className="pb-gate-head">
                  <Icon size={14} strokeWidth={1.6} aria-hidden="true" />
                  <b>{t(`playbook.gate_${item.kind}`)}</b>
                  <button
                    type="button"
                    className="icon-act"
                    aria-label={t('playbook.gate_remove', { n: at + 1 })}
                    onClick={() => put(gate.items.filter((_, place) => place !== at))}
                  >
                    <X size={14} strokeWidth={1.6} />
                  </button>
                </span>
                <Item
                  {...edited}
                  item={item}
                  set={(next, tag) =>
                    put(
                      gate.items.map((one, place) => (place === at ? next : one)),
                      tag && `${tag}${at}`,
                    )
                  }
                />
              </li>
            );
          })}
        </ol>
        <Dropdown
          trigger={['click']}
          menu={{
            items: open.map((kind) => ({ key: kind, label: t(`playbook.gate_${kind}`) })),
            onClick: ({ key }) => put([...gate.items, first(key as GateItem['kind'], edited)]),
          }}
        >
          <button type="button" className="act pb-add">
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('playbook.gate_add')}
          </button>
        </Dropdown>
      </section>
      {gate.items.length ? (
        <section className="pb-part">
          <h3>{t('playbook.gate_missing')}</h3>
          <Radio.Group
            className="pb-radios"
            value={gate.strict}
            onChange={(event) => set({ gate: { ...gate, strict: event.target.value as boolean } })}
            options={[
              { value: false, label: t('playbook.gate_soft') },
              { value: true, label: t('playbook.gate_strict') },
            ]}
          />
          <p className="meta">
            <CircleCheck size={13} strokeWidth={1.6} aria-hidden="true" /> {t('playbook.gate_everywhere')}
          </p>
        </section>
      ) : null}
    </SubjectProvider>
  );
}
