import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import type { DemoLogin, Session } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { sayFailure } from '@/lib/notify';
import { roleName } from '@/lib/roles';
import { t } from '@/locales';
import { enter } from './enter';

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
              <span className="meta">{roleName(login.role)}</span>
            </span>
            <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
