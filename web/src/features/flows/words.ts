import type { By, FlowBody, Flows, Stage } from '@/api/approval-flows';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** A flow as it begins: the superior decides a special price. */
export const blankFlow = (flows: Flows): FlowBody => ({
  name: '',
  kind: 'customer',
  purpose: flows.purposes[0]?.key ?? '',
  on: true,
  fields: ['percent'],
  starters: [],
  stages: [blankStage()],
  watch: [],
});
export const blankStage = (): Stage => ({ name: '', by: [{ who: 'superior' }], need: 'all', workdays: 2 });

const whoOf = (by: By, flows: Flows): string => {
  if (by.who === 'role') return words(flows.roles.find((one) => one.key === by.role)) || t('flows.who_role');
  if (by.who === 'member') return flows.people.find((one) => one.id === by.id)?.name ?? t('flows.who_member');
  return t(`flows.who_${by.who}`);
};

/** A step in words: 上级，再由 法务. */
const stageOf = (stage: Stage, flows: Flows): string =>
  stage.by.map((by) => whoOf(by, flows)).join(t(stage.need === 'any' ? 'flows.or' : 'flows.and'));

/** A flow as one sentence. */
export function said(body: FlowBody, flows: Flows): string {
  const kind = words(flows.kinds.find((one) => one.key === body.kind));
  const purpose = words(flows.purposes.find((one) => one.key === body.purpose));
  const steps = body.stages.map((stage) => stageOf(stage, flows)).join(t('flows.then'));
  return t(body.condition ? 'flows.said_if' : 'flows.said', { kind, purpose, steps });
}
