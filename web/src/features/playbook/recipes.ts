import { newKey } from '@/api/client';
import type { Document, Limit, PlayNode } from '@/api/playbooks';
import { t } from '@/locales';
import { newNode } from './draft';

const RECIPES = {
  new: ['lead', 'needs', 'proposal', 'demo', 'deal', 'service'],
  key: ['survey', 'needs', 'pilot', 'proposal', 'deal', 'service'],
  renewal: ['review', 'offer', 'deal'],
  service: ['handover', 'visit', 'care'],
} as const;
export type Recipe = keyof typeof RECIPES;
export const RECIPE_KEYS = Object.keys(RECIPES) as Recipe[];

const LIMITS: Record<(typeof RECIPES)[Recipe][number], [number, Limit['clock']]> = {
  lead: [1, 'days'],
  needs: [7, 'days'],
  proposal: [2, 'workdays'],
  demo: [3, 'days'],
  deal: [10, 'days'],
  service: [7, 'days'],
  survey: [5, 'workdays'],
  pilot: [20, 'workdays'],
  review: [5, 'workdays'],
  offer: [3, 'workdays'],
  handover: [3, 'workdays'],
  visit: [7, 'days'],
  care: [90, 'days'],
};

/** A process to begin from: its nodes with what is done, what comes out and by when. */
export function fromRecipe(recipe: Recipe, title: string, condition: unknown): Document {
  const nodes = RECIPES[recipe].map((step): PlayNode => {
    const [amount, clock] = LIMITS[step];
    const name = t(`playbook.step_${step}`);
    return {
      ...newNode(`n_${newKey().slice(0, 8)}`, { zh: name, en: '' }),
      action: t(`playbook.step_${step}_action`),
      output: t(`playbook.step_${step}_output`),
      limit: { amount, clock, warn_hours: null, pause_waiting: true },
      ladder: [
        { from: 'before', amount: 4, clock: 'hours', do: 'remind', to: 'owner' },
        { from: 'due', amount: 0, clock: 'hours', do: 'alert', to: 'owner' },
        { from: 'due', amount: 1, clock: 'workdays', do: 'copy', to: 'superior' },
      ],
    };
  });
  return { key: `p_${newKey().slice(0, 8)}`, title: { zh: title, en: '' }, condition, nodes };
}
