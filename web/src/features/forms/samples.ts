import type { Design, DesignField } from '@/api/designs';
import { type Draft, draftOf } from './draft';

const CAN = { require: true, loosen: true, hide: true, remove: false, filter: true };

/** A published field for tests; keys `cf_…` are the team's own. */
export function field(key: string, group: string, values: Partial<DesignField> = {}): DesignField {
  const texts = { zh: key.toUpperCase(), en: '', help_zh: '', help_en: '', good: '', bad: '' };
  const state = { type: 'text', options: null, required: false, hidden: false, settings: {} };
  const own = key.startsWith('cf_');
  return { key, own, group, ...texts, ...state, can: { ...CAN, remove: own }, ...values };
}

/** basic: a b c · deal: d · more: e, with h hidden and s filled in by the system. */
export function form(
  ...further: DesignField[]
): Pick<Design, 'version' | 'fields' | 'groups' | 'rules' | 'next_key'> {
  const basic = [
    field('a', 'basic'),
    field('b', 'basic'),
    field('h', 'basic', { hidden: true }),
    field('c', 'basic'),
  ];
  const fields = [...basic, field('d', 'deal'), field('s', 'basic'), field('e', 'more'), ...further];
  return { version: 3, fields, groups: [{ key: 'car', zh: '车', en: '' }], rules: [], next_key: 'cf_7' };
}

export const draft = (...further: DesignField[]): Draft => draftOf(form(...further), (key) => key === 's');

/** The whole order, hidden ones and those of the system included. */
export const order = (one: Draft): string => one.fields.map((each) => each.uid).join('');
