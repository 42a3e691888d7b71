import { Drawer } from 'antd';
import { useCloseLog } from '@/app/log';
import { t } from '@/locales';
import { LogForm } from './LogForm';

/** The log form over the present screen. */
export function LogDrawer({ customerId }: { customerId: number }) {
  const close = useCloseLog();
  return (
    <Drawer open size={1088} title={t('followups.title')} onClose={close}>
      <LogForm customerId={customerId} />
    </Drawer>
  );
}
