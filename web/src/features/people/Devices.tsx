import { Monitor, Smartphone } from 'lucide-react';
import { api } from '@/api/client';
import { refreshTeam, type SessionRow, useDevices } from '@/api/team';
import { Sure } from '@/components/Sure';
import { device, isMobile } from '@/lib/device';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Section } from './Section';

/** Where I am logged in; a device that is lost or not known is locked out. */
export function Devices() {
  const { data } = useDevices();
  if (!data) return null;
  const end = async (row: SessionRow) => {
    try {
      await api.delete(`/session/devices/${row.id}`);
      say(t('people.device_ended', { device: device(row.agent) }));
    } catch (failure) {
      sayFailure(failure);
    }
    refreshTeam();
  };
  return (
    <Section title={t('people.devices')} note={t('people.devices_note')}>
      <ul className="me-members">
        {data.map((row) => {
          const Icon = isMobile(row.agent) ? Smartphone : Monitor;
          return (
            <li key={row.id}>
              <Icon size={18} strokeWidth={1.5} aria-hidden="true" />
              <span>
                {device(row.agent)}
                <span className="meta">{t('team.session_since', { when: formatWhen(row.created_at) })}</span>
              </span>
              {row.current ? (
                <span className="meta">{t('team.session_own')}</span>
              ) : (
                <Sure what={t('team.session_end')} of={device(row.agent)} run={() => void end(row)} />
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
