import { Drawer } from 'antd';
import { useSearchParams } from 'react-router';
import { useCloseLog } from '@/app/log';
import { t } from '@/locales';
import { LogForm } from './LogForm';
import { startOf } from './log-start';

/** The log form over the present screen. */
export function LogDrawer({ customerId }: { customerId: number }) {
  const close = useCloseLog();
  const [params] = useSearchParams();
  return (
    <Drawer
      open
      size={1088}
      closable={false}
      onClose={close}
      aria-label={t('followups.title')}
      styles={{ body: { padding: 0, overflow: 'hidden' } }}
    >
      <LogForm key={customerId} start={startOf(customerId, params)} close={close} />
    </Drawer>
  );
}
