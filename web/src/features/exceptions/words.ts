import type { Board, Reach, StuckRow } from '@/api/exceptions';
import { words } from '@/lib/names';
import { daysBetween, formatWhen } from '@/lib/time';
import { t } from '@/locales';

/** `孙总监`, `你`, `回公海`: whom a rung reaches. */
export function reachOf(to: Reach | null): string {
  if (!to) return '';
  if (to.pool) return t('exceptions.to_pool');
  const names = to.you ? [t('exceptions.you')] : to.names;
  return names.slice(0, 2).join(t('common.list')) + (names.length > 2 ? t('exceptions.and_more') : '');
}

export const goesToday = (row: StuckRow): boolean => row.next.at !== null && daysBetween(row.next.at) <= 0;

/** When the next rung comes, or that none does. */
export function nextOf(row: StuckRow): string {
  if (row.next.at) return formatWhen(row.next.at);
  return t(row.next.to ? 'exceptions.at_top' : 'exceptions.no_next');
}

/** A part of the headline; `opens` names what a click on it shows. */
export interface Part {
  text: string;
  opens?: 'today' | 'worst';
}

/** The first sentence: how many, what goes up today, and where it is tightest. */
export function headOf({ head }: Board): Part[] {
  if (!head.total) return [{ text: t('exceptions.head_none') }];
  const parts: Part[] = [{ text: t('exceptions.head_total', { n: head.total }) }];
  const add = (text: string, opens: Part['opens']) =>
    parts.push(
      ...text.split(/<b>(.*?)<\/b>/).map((each, at) => (at % 2 ? { text: each, opens } : { text: each })),
    );
  if (head.today) {
    const to = head.to ? t('exceptions.head_to', { who: reachOf(head.to) }) : '';
    add(t('exceptions.head_today', { n: head.today, to }), 'today');
  }
  if (head.worst?.team) {
    add(t('exceptions.head_worst', { team: head.worst.team.name, node: words(head.worst.node) }), 'worst');
  }
  return [...parts, { text: t('exceptions.head_end') }].filter((part) => part.text);
}
