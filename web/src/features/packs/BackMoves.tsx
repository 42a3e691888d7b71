import { Modal } from 'antd';
import { useState } from 'react';
import type { GoneNode, PackNode } from '@/api/packs';
import { t } from '@/locales';
import { isPlaced, MoveNodes, type Moves } from './MoveNodes';

/** Going back takes nodes away in which customers stand: where shall they stand? */
export function BackMoves({
  gone,
  nodes,
  run,
  close,
}: {
  gone: readonly GoneNode[];
  nodes: readonly PackNode[];
  run: (moves: Moves) => void;
  close: () => void;
}) {
  const [moves, setMoves] = useState<Moves>({});
  return (
    <Modal
      open
      width={480}
      title={t('packs.moves_title')}
      okText={t('packs.back_before')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !isPlaced(gone, moves) }}
      onCancel={close}
      onOk={() => run(moves)}
    >
      <MoveNodes gone={gone} nodes={nodes} moves={moves} change={setMoves} />
    </Modal>
  );
}
