import type { Body } from '@/api/automations';
import { t } from '@/locales';

export const CAP = 200;
/** How texts name the customer and his owner; the server puts them in. */
export const slots = () => ({
  customer: `{${t('automations.slot_customer')}}`,
  owner: `{${t('automations.slot_owner')}}`,
  record: `{${t('automations.slot_record')}}`,
  content: `{${t('automations.slot_content')}}`,
});
const BARE = { cap: CAP, imports: false };

/** What a new one begins as. */
export const blank = (): Body => ({
  ...BARE,
  name: t('automations.new_name'),
  event: 'customer_created',
  actions: [],
});

export interface Recipe {
  key: string;
  title: string;
  hint: string;
  body: Body;
}

/** Those that most teams want, to begin from. */
export const recipes = (): Recipe[] => [
  {
    key: 'first',
    title: t('automations.recipe_first'),
    hint: t('automations.recipe_first_hint'),
    body: {
      ...BARE,
      name: t('automations.recipe_first'),
      event: 'customer_created',
      actions: [
        {
          do: 'todo',
          act: t('automations.recipe_first_act', slots()),
          to: { who: 'owner' },
          within: 1,
          clock: 'workdays',
        },
      ],
    },
  },
  {
    key: 'minutes',
    title: t('automations.recipe_minutes'),
    hint: t('automations.recipe_minutes_hint'),
    body: {
      ...BARE,
      name: t('automations.recipe_minutes'),
      event: 'followup_logged',
      actions: [{ do: 'notify', text: t('automations.recipe_minutes_text', slots()), to: { who: 'group' } }],
    },
  },
  {
    key: 'late',
    title: t('automations.recipe_late'),
    hint: t('automations.recipe_late_hint'),
    body: {
      ...BARE,
      name: t('automations.recipe_late'),
      event: 'todo_overdue',
      actions: [
        { do: 'notify', text: t('automations.recipe_late_text', slots()), to: { who: 'supervisor' } },
      ],
    },
  },
  {
    key: 'hand',
    title: t('automations.recipe_hand'),
    hint: t('automations.recipe_hand_hint'),
    body: {
      ...BARE,
      name: t('automations.recipe_hand'),
      event: 'stage_changed',
      moved: { field: 'stage', to: 'service' },
      actions: [
        {
          do: 'todo',
          act: t('automations.recipe_hand_act', slots()),
          to: { who: 'department' },
          within: 2,
          clock: 'workdays',
        },
      ],
    },
  },
];
