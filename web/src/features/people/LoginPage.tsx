import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import type { Session, SetupState } from '@/api/types';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { DemoLogins } from './DemoLogins';
import { enter, safeNext } from './enter';
import { FormRow } from './FormRow';
import { Gate } from './Gate';

/** What this installation offers before login. */
export const useSetup = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => api.get<SetupState>('/setup'), staleTime: 60_000 });

function Forgot({ account }: { account: string }) {
  const [typed, setTyped] = useState(account);
  const [sent, setSent] = useState(false);
  const { busy, submit, sentence } = useSubmit(async () => {
    await api.post('/session/reset-request', { account: typed.trim() });
    setSent(true);
  });
  if (sent)
    return (
      <p className="gate-note" role="status">
        {t('people.forgot_sent')}
      </p>
    );
  return (
    <form
      className="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="second">{t('people.forgot_hint')}</p>
      <FormRow label={t('people.account')} error={sentence}>
        <Input
          size="large"
          value={typed}
          autoComplete="username"
          onChange={(event) => setTyped(event.target.value)}
        />
      </FormRow>
      <Button size="large" htmlType="submit" loading={busy} disabled={!typed.trim()}>
        {t('people.forgot_send')}
      </Button>
    </form>
  );
}

export function LoginPage() {
  const setup = useSetup();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [forgot, setForgot] = useState(params.has('forgot'));
  const { busy, submit, sentence } = useSubmit(async () => {
    const session = await api.post<Session>(
      '/session',
      { account: account.trim(), password },
      { quiet401: true },
    );
    await enter(session);
    navigate(safeNext(params.get('next')), { replace: true });
  });
  // A fresh installation starts with the choice between the demo and one's own team.
  if (setup.data?.needs_setup && !params.has('team')) return <Navigate to="/setup" replace />;

  const login = () => {
    setTried(true);
    if (!account.trim() || !password) return;
    void submit();
  };
  return (
    <Gate title={t('people.login_title')} sub={t('people.login_sub')}>
      <form
        className="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          login();
        }}
      >
        <FormRow
          label={t('people.account')}
          error={tried && !account.trim() ? t('people.need_account') : null}
        >
          <Input
            autoFocus
            size="large"
            status={sentence ? 'error' : undefined}
            value={account}
            autoComplete="username"
            onChange={(event) => setAccount(event.target.value)}
          />
        </FormRow>
        <FormRow label={t('people.password')} error={tried && !password ? t('people.need_password') : null}>
          <Input.Password
            size="large"
            status={sentence ? 'error' : undefined}
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </FormRow>
        {sentence ? (
          <p className="row-error" role="alert">
            {sentence}
          </p>
        ) : null}
        <Button type="primary" size="large" block htmlType="submit" loading={busy}>
          {t('people.login')}
        </Button>
        <button
          type="button"
          className="act gate-forgot"
          onClick={() => setForgot(!forgot)}
          aria-expanded={forgot}
        >
          {t('people.forgot')}
        </button>
      </form>
      {forgot ? <Forgot account={account} /> : null}
      {setup.data?.demo ? (
        <section className="gate-demo">
          <h2>{t('people.demo_title')}</h2>
          <p className="second">{t('people.demo_hint')}</p>
          <DemoLogins logins={setup.data.demo.logins} />
        </section>
      ) : null}
      {setup.data?.needs_setup ? (
        <Link className="gate-other" to="/setup">
          {t('people.team_title')}
        </Link>
      ) : null}
    </Gate>
  );
}
