import type { ClockKind, GateItem, Limit, NodeFacts, Playbook, PlayNode, Rung } from '@/api/playbooks';
import type { Asset } from '@/api/process';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { t } from '@/locales';
import type { Change } from './changes';

export const CLOCKS: readonly ClockKind[] = ['hours', 'days', 'workdays'];
export const DOES: readonly Rung['do'][] = ['remind', 'alert', 'copy', 'reassign', 'pool'];
export const KINDS: readonly Asset['kind'][] = ['script', 'document', 'link', 'mail'];

export const spanSaid = (amount: number, clock: ClockKind): string =>
  t(`playbook.span_${clock}`, { n: amount });
export const limitSaid = (limit: Limit | null): string =>
  limit ? spanSaid(limit.amount, limit.clock) : t('playbook.no_limit');

/** How a node does today; nothing where nobody has come by. */
export const factsOf = ({ node_facts }: Playbook, key: string): NodeFacts | undefined => node_facts?.[key];

/** Who does it, in the words of the team. */
export function ownerSaid(owner: string, { roles }: Pick<Playbook, 'roles'>): string {
  const [kind = '', name = ''] = owner.split(/:(.*)/s);
  if (kind === 'department') return name;
  if (kind === 'role') return words(roles.find((one) => one.key === name)) || name;
  return kind === 'superior' || kind === 'head' ? t(`playbook.owner_${kind}`) : t('playbook.owner_owner');
}
/** Whom a rung or an approval reaches. */
export function whomSaid(to: string, { roles }: Pick<Playbook, 'roles'>): string {
  if (to.startsWith('role:')) return words(roles.find((one) => `role:${one.key}` === to)) || to.slice(5);
  return to === 'superior' || to === 'head' ? t(`playbook.to_${to}`) : t('playbook.to_owner');
}
/** When a rung comes: 进入后 24 小时. */
export function whenSaid(rung: Rung): string {
  if (rung.from === 'due' && !rung.amount) return t('playbook.rung_at_due');
  return t(`playbook.rung_${rung.from}`, { span: spanSaid(rung.amount, rung.clock) });
}
export const doesSaid = (rung: Rung, book: Pick<Playbook, 'roles'>): string =>
  t(`playbook.does_${rung.do}`, { who: whomSaid(rung.to, book) });

export function gateSaid(
  item: GateItem,
  book: Pick<Playbook, 'purposes'>,
  labels: Labels,
  nodes: readonly PlayNode[],
): string {
  switch (item.kind) {
    case 'field':
      return words(labels.field('customer', item.field)?.label) || item.field;
    case 'record':
    case 'condition':
      return words({ zh: item.zh, en: item.en ?? '' }) || t(`playbook.gate_${item.kind}`);
    case 'approval':
      return t('playbook.gate_approved', {
        what: words(book.purposes.find((one) => one.key === item.purpose)) || item.purpose,
      });
    case 'side':
      return t('playbook.gate_side_done', { name: words(nodes.find((one) => one.key === item.node)) });
    default:
      return t('playbook.gate_objections');
  }
}

export function changeSaid(change: Change, nodes: readonly PlayNode[]): string {
  if (change.kind === 'changed')
    return t('playbook.changed', { name: words(change.node), part: t(`playbook.part_${change.part}`) });
  if (change.kind === 'removed') {
    const to = words(nodes.find((one) => one.key === change.to));
    return t(to ? 'playbook.removed_to' : 'playbook.removed', { name: words(change.node), to });
  }
  if (change.kind === 'added') return t('playbook.added', { name: words(change.node) });
  return t(`playbook.change_${change.kind}`);
}
