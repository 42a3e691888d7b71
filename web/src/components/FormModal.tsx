import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { Refusal } from './Refusal';

/** A small form in a dialog: saved by its button, busy meanwhile; a refusal stays below it as a sentence. */
export function FormModal({
  title,
  save,
  ready,
  run,
  close,
  danger,
  width = 440,
  className,
  children,
}: {
  title: string;
  /** What the button says; 保存 unless told. */
  save?: string;
  ready: boolean;
  run: () => Promise<void>;
  close: () => void;
  danger?: boolean;
  width?: number;
  className: string;
  children: ReactNode;
}) {
  const { busy, failure, submit } = useSubmit(run);
  return (
    <Modal
      open
      title={title}
      okText={save ?? t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy, danger }}
      onOk={() => void submit()}
      onCancel={close}
      width={width}
    >
      <form
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void submit();
        }}
      >
        {children}
        <Refusal failure={failure} />
      </form>
    </Modal>
  );
}
