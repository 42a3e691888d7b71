import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { PackPreview } from '@/api/packs';
import { t } from '@/locales';
import { isPlaced, MoveNodes, type Moves } from './MoveNodes';

/** Asks why once, then applies. */
export function Apply({
  name,
  n,
  seen,
  busy,
  apply,
  close,
}: {
  name: string;
  n: number;
  seen: PackPreview | undefined;
  busy: boolean;
  apply: (why: string, moves: Moves) => Promise<void>;
  close: () => void;
}) {
  const [why, setWhy] = useState('');
  const [moves, setMoves] = useState<Moves>({});
  const gone = seen?.gone ?? [];
  const ready = isPlaced(gone, moves);
  const run = async () => {
    if (!ready) return;
    await apply(why.trim(), moves);
    // A refusal stands over the preview.
    close();
  };
  return (
    <Modal
      open
      width={480}
      title={t('packs.apply_title', { name })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t('packs.apply_later')}</Button>
          <Button type="primary" disabled={!ready} loading={busy} onClick={() => void run()}>
            {t('packs.apply', { n })}
          </Button>
        </>
      }
    >
      <p className="second">{t('packs.apply_hint')}</p>
      <MoveNodes gone={gone} nodes={seen?.nodes ?? []} moves={moves} change={setMoves} />
      <label className="pk-why">
        <span className="second">{t('packs.why')}</span>
        <Input
          value={why}
          maxLength={300}
          placeholder={t('packs.why_hint')}
          onChange={(event) => setWhy(event.target.value)}
          onPressEnter={() => void run()}
        />
      </label>
    </Modal>
  );
}
