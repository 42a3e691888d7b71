import { type ReactNode, useState } from 'react';
import type { BatchPreview } from '@/api/batches';
import { newKey } from '@/api/client';
import { refreshWork } from '@/api/queries';
import { FormModal } from '@/components/FormModal';
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
  const [key] = useState(newKey);
  const ids = preview?.ids ?? [];
  const go = async () => {
    await run(ids, key);
    refreshWork();
    close(true);
  };
  return (
    <FormModal
      title={title}
      save={preview ? words(preview.button) : t('common.loading')}
      ready={ready && ids.length > 0 && !previewFailure}
      danger={danger}
      run={go}
      close={() => close(false)}
      width={width}
      className="batch-form"
    >
      {children}
      <Preview preview={preview} failure={previewFailure} />
    </FormModal>
  );
}
