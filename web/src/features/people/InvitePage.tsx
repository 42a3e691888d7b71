import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, sentenceOf } from '@/api/client';
import type { Body, Session } from '@/api/types';
import { ErrorState } from '@/components/ErrorState';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { enter } from './enter';
import { FormRow } from './FormRow';
import { Gate } from './Gate';
import { fieldError } from './SetupPage';

/** A colleague joins the team by the link of an invitation. */
export function InvitePage() {
  const { token = '' } = useParams();
  const navigate = useNavigate();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () =>
      api.get<{ org: string; name: string }>(`/invitations/${encodeURIComponent(token)}`, { quiet401: true }),
  });
  const [name, setName] = useState<string | null>(null);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const shown = name ?? invitation.data?.name ?? '';
  const { busy, failure, submit, sentence } = useSubmit(async () => {
    const body: Body<'JoinIn'> = { account: account.trim(), password, name: shown.trim() };
    await enter(
      await api.post<Session>(`/invitations/${encodeURIComponent(token)}`, body, { quiet401: true }),
    );
    navigate('/today', { replace: true });
  });
  if (invitation.error instanceof ApiError && invitation.error.status < 500)
    return (
      <Gate title={t('people.join_bad')} sub={sentenceOf(invitation.error)}>
        <p className="second">{t('people.join_bad_hint')}</p>
        <Link className="gate-other" to="/login">
          {t('people.to_login')}
        </Link>
      </Gate>
    );
  if (invitation.error)
    return <ErrorState failure={invitation.error} retry={() => void invitation.refetch()} />;
  if (!invitation.data) return null;
  return (
    <Gate
      title={t('people.join_title', { org: invitation.data.org })}
      sub={t('people.join_sub', { name: invitation.data.name })}
    >
      <form
        className="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormRow label={t('people.your_name')} error={fieldError(failure, 'name')}>
          <Input value={shown} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <FormRow label={t('people.account')} error={fieldError(failure, 'account')}>
          <Input
            value={account}
            autoComplete="username"
            onChange={(event) => setAccount(event.target.value)}
          />
        </FormRow>
        <FormRow
          label={t('people.password')}
          hint={t('people.password_hint')}
          error={fieldError(failure, 'password')}
        >
          <Input.Password
            value={password}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </FormRow>
        {sentence && !['name', 'account', 'password'].some((field) => fieldError(failure, field)) ? (
          <p className="row-error" role="alert">
            {sentence}
          </p>
        ) : null}
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          loading={busy}
          disabled={!shown.trim() || !account.trim() || !password}
        >
          {t('people.join_do')}
        </Button>
      </form>
    </Gate>
  );
}
