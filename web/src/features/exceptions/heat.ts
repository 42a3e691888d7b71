import type { Heat } from '@/api/exceptions';
import type { Id } from '@/api/types';
import { t } from '@/locales';

/** Fewer than so many in the fullest cell are still few. */
const FEW = 6;

/** The shade of a cell, 0 to 4, against the fullest one. */
export function shade(n: number, most: number): number {
  if (n <= 0) return 0;
  return 1 + Math.min(3, Math.floor((4 * n) / Math.max(most, FEW)));
}

export interface HeatCell {
  n: number;
  hours: number;
  shade: number;
}

/** What stands in the cell of a node and a team; cells without a row are drawn as 0. */
export function cellsOf(heat: Heat): (node: string, team: Id) => HeatCell {
  const known = new Map(heat.cells.map((one) => [`${one.node} ${one.team}`, one]));
  const most = Math.max(0, ...heat.cells.map((one) => one.n));
  return (node, team) => {
    const { n, hours } = known.get(`${node} ${team}`) ?? { n: 0, hours: 0 };
    return { n, hours, shade: shade(n, most) };
  };
}

/** Mean lateness in elapsed time: `5小时`, `2.8天`. */
export function spanOf(hours: number): string {
  if (hours < 24) return t('exceptions.hours', { n: Math.max(1, Math.round(hours)) });
  const days = hours / 24;
  return t('exceptions.days', { n: days < 10 ? Number(days.toFixed(1)) : Math.round(days) });
}

/** Which cell an arrow key leads to; null at the edge. */
export function moved(
  key: string,
  row: number,
  column: number,
  rows: number,
  columns: number,
): [row: number, column: number] | null {
  const step: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const by = step[key];
  if (!by) return null;
  const [to, at] = [row + by[0], column + by[1]];
  return to >= 0 && to < rows && at >= 0 && at < columns ? [to, at] : null;
}
