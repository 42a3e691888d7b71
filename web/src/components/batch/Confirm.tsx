import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { BatchPreview } from '@/api/batches';
import { newKey, sentenceOf } from '@/api/client';
import { refreshWork } from '@/api/queries';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Preview } from './Preview';
import './batch.css';

/** First what will happen, then the button that names it; a refusal stays in the dialog as the server's sentence. */
export function Confirm({
  title,
  preview,
  previewFailure,
  ready,
  danger,
  width = 440,
  run,
  close,
  children,
}: {
  title: string;
  preview: BatchPreview | undefined;
  previewFailure: unknown;
  ready: boolean;
  danger?: boolean;
  width?: number;
  run: (ids: number[], key: string) => Promise<void>;
  close: (done: boolean) => void;
  children?: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newKey);
  const ids = preview?.ids ?? [];
  const go = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await run(ids, key);
      refreshWork();
      close(true);
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={preview ? words(preview.button) : t('common.loading')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready || !ids.length || Boolean(previewFailure), loading: busy, danger }}
      onOk={() => void go()}
      onCancel={() => close(false)}
      width={width}
    >
      <div className="batch-form">
        {children}
        <Preview preview={preview} failure={previewFailure} />
        {failure ? (
          <p className="verm" role="alert">
            {sentenceOf(failure)}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
