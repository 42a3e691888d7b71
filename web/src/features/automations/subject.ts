import { useMemo } from 'react';
import type { Offered, Trigger } from '@/api/automations';
import type { Field } from '@/api/types';
import type { Subject } from '@/components/list/kind';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

const CUSTOMER = 'customer.';

/** Of a team's own record types, which actions then are about. */
export const isOwnKind = (kind: string | undefined): boolean => kind?.startsWith('x_') ?? false;

/** The record type whose fields an action sets, and whose change is waited for. */
export const kindOf = (trigger: Trigger | undefined): string =>
  trigger && isOwnKind(trigger.kind) ? trigger.kind : 'customer';

export const triggerOf = (offered: Offered | undefined, key: string): Trigger | undefined =>
  offered?.triggers.find((one) => one.key === key);

/** What conditions may ask about: the fields of the row, and of its customer under `customer.stage`. */
export function useAsked(trigger: Trigger | undefined): Subject {
  const labels = useLabels();
  return useMemo(() => {
    const record = trigger?.kind ?? 'customer';
    const fields = (trigger?.fields ?? []).flatMap((slug): Field[] => {
      const below = slug.startsWith(CUSTOMER);
      const found = below
        ? labels.field('customer', slug.slice(CUSTOMER.length))
        : labels.field(record, slug);
      if (!found) return [];
      const { zh, en } = found.label;
      const label = below
        ? { zh: t('automations.customers', { name: zh }), en: t('automations.customers', { name: en }) }
        : found.label;
      return [{ ...found, slug, label, filter: true }];
    });
    const order = new Map(labels.fields(record).map((one, at) => [one.slug, at]));
    fields.sort((a, b) => (order.get(a.slug) ?? 999) - (order.get(b.slug) ?? 999));
    const by = new Map(fields.map((one) => [one.slug, one]));
    return { record, labels: { ...labels, fields: () => fields, field: (_, slug) => by.get(slug) } };
  }, [trigger, labels]);
}
