import type { Act, Body, Offered, Whom } from '@/api/automations';
import { partsOf } from '@/lib/filter';
import { type Naming, sentenceOfNode } from '@/lib/filter-words';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { t } from '@/locales';
import { kindOf, triggerOf } from './subject';

/** The names that a sentence needs. */
export interface Known {
  offered: Offered | undefined;
  labels: Labels;
  member: (id: number | undefined) => string;
  department: (id: number | undefined) => string;
}

const asked = (text: string): string => text || t('automations.not_yet');

export function whomWords({ who, id, role }: Whom, known: Known): string {
  if (who === 'owner' || who === 'supervisor') return t(`automations.who_${who}`);
  if (who === 'member') return asked(known.member(id));
  if (who === 'department') return asked(known.department(id));
  const name = words(known.offered?.roles.find((one) => one.key === role)) || t('automations.not_yet');
  return id ? t('automations.role_of', { department: known.department(id), role: name }) : name;
}

/** A value that is set, or that a field changes to, as a person reads it. */
export function valueWords(kind: string, slug: string, value: unknown, labels: Labels): string {
  const field = labels.field(kind, slug);
  const one = (each: unknown) => {
    if (typeof each === 'boolean') return t(each ? 'fields.yes' : 'fields.no');
    if (field?.options) return labels.label(field.options, String(each)) || String(each);
    return field?.type === 'money' ? String(Number(each) / 100) : String(each ?? '');
  };
  return (Array.isArray(value) ? value : [value ?? '']).map(one).join(t('common.list'));
}

function actWords(act: Act, known: Known, kind: string): string {
  const { labels } = known;
  switch (act.do) {
    case 'todo':
      return t('automations.say_todo', {
        who: whomWords(act.to, known),
        act: asked(act.act),
        n: act.within,
        unit: t(`automations.unit_${act.clock}`, { n: act.within }),
      });
    case 'set': {
      const name = words(labels.field(kind, act.field)?.label) || act.field;
      const value = valueWords(kind, act.field, act.value, labels);
      return value
        ? t('automations.say_set', { name: asked(name), value })
        : t('automations.say_clear', { name: asked(name) });
    }
    case 'assign':
      return act.by === 'rules'
        ? t('automations.say_rules')
        : t('automations.say_give', { who: asked(known.member(act.member_id)) });
    case 'notify':
      if (act.to.who === 'group') return t('automations.say_post', { text: asked(act.text) });
      return t('automations.say_notify', { who: whomWords(act.to, known), text: asked(act.text) });
    case 'ask': {
      const purposes = known.offered?.purposes[kind] ?? [];
      const purpose = words(purposes.find((one) => one.key === act.purpose)) || act.purpose;
      return t('automations.say_ask', { purpose: asked(purpose), text: asked(act.text) });
    }
    case 'webhook':
      return t('automations.say_webhook', { host: asked(hostOf(act.url)) });
  }
}

export const hostOf = (url: string): string => /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? url;

/** What happens, as 当 … 时 takes it. */
export function eventWords(body: Body, { offered, labels }: Known): string {
  const trigger = triggerOf(offered, body.event);
  const event = words(trigger) || body.event;
  const { moved } = body;
  if (!moved) return event;
  const kind = kindOf(trigger);
  const name = words(labels.field(kind, moved.field)?.label) || moved.field;
  const record = words(trigger?.of);
  return moved.to === undefined
    ? t('automations.moved', { record, name })
    : t('automations.moved_to', { record, name, value: valueWords(kind, moved.field, moved.to, labels) });
}

/** The three parts of the sentence: 当…时，如果…，就…. */
export function partsOfBody(body: Body, known: Known, naming: Naming) {
  const nodes = partsOf(body.condition);
  return {
    when: eventWords(body, known),
    condition: nodes.map((node) => sentenceOfNode(node, naming)).join(` ${t('filters.and')} `),
    doing: body.actions
      .map((act) => actWords(act, known, kindOf(triggerOf(known.offered, body.event))))
      .join(t('automations.then_joint')),
  };
}
