import { Dropdown } from 'antd';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { sayFailure } from '@/lib/notify';
import { forget, remember } from '@/lib/store';
import { flushUndo } from '@/lib/undo';
import { t } from '@/locales';
import { MOVED } from './moved';
import { useMe } from './session';

/** Go on in another team of this person: nothing of the present one stays on the screen. */
export async function switchTeam(memberId: number): Promise<void> {
  flushUndo();
  try {
    await api.post('/session/team', { member_id: memberId });
  } catch (failure) {
    sayFailure(failure);
    return;
  }
  for (const kept of ['today', 'session', 'schema']) forget(kept);
  remember(MOVED, { to: memberId, at: Date.now() });
  window.location.assign('/today');
}

/** The person in the corner: with several teams it opens a choice of them, else the profile. */
export function TeamMenu({ children }: { children: ReactNode }) {
  const { teams, member } = useMe();
  const navigate = useNavigate();
  const items = [
    ...teams.map((team) => ({
      key: String(team.member_id),
      label: team.org.name,
      icon: team.current ? <Check size={15} strokeWidth={1.8} /> : <span className="team-gap" />,
      onClick: () => {
        if (!team.current) void switchTeam(team.member_id);
      },
    })),
    { type: 'divider' as const },
    { key: 'me', label: t('shell.me_settings'), onClick: () => navigate('/me') },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="plain" aria-label={t('shell.me')} title={member.name}>
        {children}
      </button>
    </Dropdown>
  );
}
