import { Drawer } from 'antd';
import { refreshTeam } from '@/api/team';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { Invite } from '../Team';

/** The link for one more colleague. */
export function InviteDrawer({ close }: { close: () => void }) {
  const phone = usePhone();
  const done = () => {
    refreshTeam();
    close();
  };
  return (
    <Drawer open title={t('people.invite')} onClose={done} size={phone ? '100%' : 440}>
      <Invite bare />
    </Drawer>
  );
}
