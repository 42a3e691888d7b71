import { useMemo } from 'react';
import type { DeskGroupKey, DeskItem, DeskToday } from '@/api/types';
import { type ActKind, actKind } from '@/lib/act';
import { useHidden } from '@/lib/undo';
import { locale } from '@/locales';
import { rowKey } from './actions';

export type Filter = ActKind | 'all';
export interface DeskGroup {
  key: DeskGroupKey;
  items: DeskItem[];
}

export interface DeskView {
  groups: DeskGroup[];
  rows: { item: DeskItem; group: DeskGroupKey }[];
  counts: Map<Filter, number>;
  /** Nothing left for today itself. */
  done: boolean;
  ahead: DeskItem[];
  total: number;
  overdue: number;
}

/** A reason of the server's own comes in both languages; what a person wrote stays as it is. */
function inWords(item: DeskItem): DeskItem {
  return item.act_en && locale() !== 'zh-CN' ? { ...item, act: item.act_en } : item;
}

/** The list as it stands on the screen: without what was just done, and by the chosen kind of work. */
export function useDeskView(data: DeskToday | undefined, filter: Filter): DeskView {
  const hidden = useHidden();
  return useMemo(() => {
    const all = (data?.groups ?? []).map((group) => ({
      ...group,
      items: group.items.filter((item) => !hidden.has(rowKey(item))).map(inWords),
    }));
    const now = all.filter((group) => group.key !== 'tomorrow').flatMap((group) => group.items);
    const counts = new Map<Filter, number>([['all', now.length]]);
    for (const item of now) counts.set(actKind(item.act), (counts.get(actKind(item.act)) ?? 0) + 1);
    const groups = all
      .map((group) => ({
        ...group,
        items: filter === 'all' ? group.items : group.items.filter((item) => actKind(item.act) === filter),
      }))
      .filter((group) => group.items.length > 0);
    const gone = (data?.groups ?? []).flatMap((group) =>
      group.items.filter((item) => hidden.has(rowKey(item))).map(() => group.key),
    );
    const away = gone.filter((key) => key !== 'tomorrow').length;
    return {
      groups,
      rows: groups.flatMap((group) => group.items.map((item) => ({ item, group: group.key }))),
      counts,
      done: now.length === 0,
      ahead: all.find((group) => group.key === 'tomorrow')?.items ?? [],
      total: Math.max(0, (data?.headline.total ?? 0) - away),
      overdue: Math.max(0, (data?.headline.overdue ?? 0) - gone.filter((key) => key === 'overdue').length),
    };
  }, [data, filter, hidden]);
}
