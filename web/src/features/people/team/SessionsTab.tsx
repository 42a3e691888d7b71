import { Monitor, Smartphone } from 'lucide-react';
import { api } from '@/api/client';
import { refreshTeam, type SessionRow, useSessions } from '@/api/team';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { device, isMobile } from '@/lib/device';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

function Row({ row, end }: { row: SessionRow; end: () => void }) {
  const Icon = isMobile(row.agent) ? Smartphone : Monitor;
  return (
    <li className="team-row">
      <Icon className="team-icon" size={18} strokeWidth={1.5} aria-hidden="true" />
      <span className="team-words">
        <b className="cut">{row.member.name}</b>
        <span className="meta cut" title={row.agent}>
          {device(row.agent)}
        </span>
      </span>
      <span className="team-cell meta">{t('team.session_since', { when: formatWhen(row.created_at) })}</span>
      {row.current ? (
        <span className="second team-end">{t('team.session_own')}</span>
      ) : (
        <span className="team-end">
          <Sure what={t('team.session_end')} run={end} />
        </span>
      )}
    </li>
  );
}

/** Every browser that is logged in to the team. */
export function SessionsTab() {
  const query = useSessions();
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={8} height={56} />;
  const end = async (row: SessionRow) => {
    try {
      await api.delete(`/team/sessions/${row.id}`);
      say(t('team.session_ended', { name: row.member.name }));
      refreshTeam();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <>
      <p className="second team-lead">{t('team.sessions_lead', { n: query.data.length })}</p>
      <ul className="sheet team-table">
        {query.data.map((row) => (
          <Row key={row.id} row={row} end={() => void end(row)} />
        ))}
      </ul>
    </>
  );
}
