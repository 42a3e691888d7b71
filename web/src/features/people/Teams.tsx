import { Button } from 'antd';
import { useMe } from '@/app/session';
import { switchTeam } from '@/app/teams';
import { t } from '@/locales';
import { Section } from './Section';

/** The teams of this person; only where there are several. */
export function Teams() {
  const { teams } = useMe();
  if (teams.length < 2) return null;
  return (
    <Section title={t('people.me_teams')} note={t('people.me_teams_note')}>
      <ul className="me-members">
        {teams.map((team) => (
          <li key={team.member_id}>
            <span>
              {team.org.name}
              <span className="meta">{team.name}</span>
            </span>
            {team.current ? (
              <p className="meta">{t('people.me_team_now')}</p>
            ) : (
              <Button onClick={() => void switchTeam(team.member_id)}>{t('people.me_team_go')}</Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
