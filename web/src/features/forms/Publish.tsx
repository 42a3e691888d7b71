import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { t } from '@/locales';
import { Changes } from './Changes';
import { formChanged } from './changes';
import { Row } from './Row';
import type { Designer } from './use-designer';

/** What will be published, said once more, and why. */
export function Publish({ designer, close }: { designer: Designer; close: () => void }) {
  const { changes, busy, publish, base } = designer;
  const [why, setWhy] = useState('');
  const run = async () => {
    await publish(why.trim());
    // A refusal stands at its field, and in the bar over the form.
    close();
  };
  return (
    <Modal
      open
      width={520}
      title={t('forms.publish_title', { n: changes.length })}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{t('forms.publish_later')}</Button>
          <Button type="primary" loading={busy} onClick={() => void run()}>
            {formChanged(changes) ? t('forms.publish_do', { n: base.version + 1 }) : t('forms.publish_lists')}
          </Button>
        </>
      }
    >
      <p className="second">{t('forms.publish_hint')}</p>
      <Changes changes={changes} />
      <Row label={t('forms.why')}>
        <Input value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
      </Row>
    </Modal>
  );
}
