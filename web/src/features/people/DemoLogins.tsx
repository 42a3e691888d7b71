import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import type { DemoLogin, Session } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { sayFailure } from '@/lib/notify';
import { roleName } from '@/lib/roles';
import { type Key, t } from '@/locales';
import { enter } from './enter';

/** What is worth looking at in a role. */
function whatFor(role: string): string {
  const known: Record<string, Key> = {
    rep: 'people.demo_rep',
    supervisor: 'people.demo_supervisor',
    admin: 'people.demo_admin',
  };
  const key = known[role];
  return key ? t(key) : '';
}

/** One tap into the demo team as one of its people. */
export function DemoLogins({ logins }: { logins: DemoLogin[] }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const go = async ({ account, password }: DemoLogin) => {
    setBusy(true);
    try {
      await enter(await api.post<Session>('/session', { account, password }, { quiet401: true }));
      navigate('/today', { replace: true });
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ul className="demo-logins">
      {logins.map((login) => (
        <li key={login.account}>
          <button
            type="button"
            className="plain demo-login"
            disabled={busy}
            aria-label={t('people.demo_enter', { name: login.name })}
            onClick={() => void go(login)}
          >
            <Avatar name={login.name} size={30} />
            <span>
              {login.name}
              <span className="meta">
                {[roleName(login.role), whatFor(login.role)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
