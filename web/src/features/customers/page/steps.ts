import type { CustomerPath } from '@/api/process';
import type { ClockState, StageStep, Words } from '@/api/types';
import { t } from '@/locales';

const HOUR = 60;
const DAY = 24 * HOUR;

/** A stage of the path as the head of the page draws it. */
export interface Step extends Words {
  key: string;
  state: 'done' | 'current' | 'todo' | 'skipped';
  limit: Words | null;
  used: string | null;
  clock: ClockState | null;
}

/** How long it stayed in a node that it has left, to be read beside the limit. */
function usedIn({ entered_at: from, left_at: to }: CustomerPath['nodes'][number]): string | null {
  if (!from || !to) return null;
  const minutes = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes < HOUR) return t('page.used_minutes', { n: minutes });
  if (minutes < 2 * DAY) return t('page.used_hours', { n: Math.round(minutes / HOUR) });
  return t('page.used_days', { n: Math.round(minutes / DAY) });
}

/** What the page knows at once, and what the path adds once it has come: what was skipped, and nodes of its own. */
export function stepsOf(stages: readonly StageStep[], path: CustomerPath | undefined): Step[] {
  const known = new Map(stages.map((one) => [one.key, one]));
  if (!path?.nodes.length)
    return stages.map((one) => ({ ...one, used: one.used ?? null, clock: one.clock ?? null }));
  const states = { done: 'done', now: 'current', ahead: 'todo', skipped: 'skipped' } as const;
  return path.nodes.flatMap((node): Step[] => {
    if (node.state === 'side') return [];
    const { zh, en, key } = node;
    const stage = known.get(key);
    const now = node.state === 'now';
    return [
      {
        zh,
        en,
        key,
        state: states[node.state],
        limit: stage?.limit ?? (now ? (path.now?.limit ?? null) : null),
        used: stage?.used ?? usedIn(node),
        clock: now ? (stage?.clock ?? path.now?.clock ?? null) : null,
      },
    ];
  });
}

/** What stands between him and the next node, said under the current one. */
export function missingOf(path: CustomerPath | undefined): Words[] {
  if (!path?.now) return [];
  const { gate, required_missing } = path.now;
  const asked = gate.items.filter((item) => !item.met);
  const named = new Set(asked.map((item) => item.field));
  return [...asked, ...required_missing.filter((one) => !named.has(one.field)).map((one) => one.label)];
}
