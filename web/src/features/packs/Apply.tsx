import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { t } from '@/locales';

/** Asks why once, then applies. */
export function Apply({
  name,
  n,
  busy,
  apply,
  close,
}: {
  name: string;
  n: number;
  busy: boolean;
  apply: (why: string) => Promise<void>;
  close: () => void;
}) {
  const [why, setWhy] = useState('');
  const run = async () => {
    await apply(why.trim());
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
          <Button type="primary" loading={busy} onClick={() => void run()}>
            {t('packs.apply', { n })}
          </Button>
        </>
      }
    >
      <p className="second">{t('packs.apply_hint')}</p>
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
