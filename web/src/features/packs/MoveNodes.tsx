import { Select } from 'antd';
import type { GoneNode, PackNode } from '@/api/packs';
import { words } from '@/lib/names';
import { t } from '@/locales';

export type Moves = Record<string, string>;
export const isPlaced = (gone: readonly GoneNode[], moves: Moves): boolean =>
  gone.every((one) => moves[one.key]);

/** Nodes that go while customers stand there: each asks where these are to stand. */
export function MoveNodes({
  gone,
  nodes,
  moves,
  change,
}: {
  gone: readonly GoneNode[];
  nodes: readonly PackNode[];
  moves: Moves;
  change: (moves: Moves) => void;
}) {
  if (!gone.length) return null;
  return (
    <div className="pk-moves">
      <p>{t('packs.moves')}</p>
      {gone.map((one) => (
        <label className="pk-move" key={one.key}>
          <span>{t('packs.moves_of', { node: words(one), n: one.customers })}</span>
          <Select
            value={moves[one.key] || undefined}
            placeholder={t('packs.moves_to')}
            aria-label={t('packs.moves_to_of', { node: words(one) })}
            options={nodes.map((node) => ({ value: node.key, label: words(node) }))}
            onChange={(to: string) => change({ ...moves, [one.key]: to })}
          />
        </label>
      ))}
    </div>
  );
}
