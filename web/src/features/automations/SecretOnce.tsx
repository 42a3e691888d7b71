import { Button, Modal } from 'antd';
import { Copy } from 'lucide-react';
import { copy } from '@/lib/copy';
import { t } from '@/locales';

/** The secret of the webhooks, the one time that it is shown. */
export function SecretOnce({ secret, close }: { secret: string; close: () => void }) {
  return (
    <Modal
      open
      title={t('automations.secret')}
      onCancel={close}
      footer={
        <Button type="primary" onClick={close}>
          {t('automations.secret_kept')}
        </Button>
      }
    >
      <p>{t('automations.secret_once')}</p>
      <p className="au-secret">
        <code>{secret}</code>
        <button
          type="button"
          className="icon-act"
          aria-label={t('common.copy')}
          onClick={() => void copy(secret)}
        >
          <Copy size={16} strokeWidth={1.6} />
        </button>
      </p>
      <p className="meta">{t('automations.secret_how')}</p>
    </Modal>
  );
}
