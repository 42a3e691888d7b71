import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '@/api/client';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from './FormRow';
import { Gate } from './Gate';
import { fieldError } from './SetupPage';

/** A new password by the link that was sent. */
export function ResetPage() {
  const { token = '' } = useParams();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const { busy, failure, submit, sentence } = useSubmit(async () => {
    await api.post('/session/reset', { token, password }, { quiet401: true });
    say(t('people.reset_done'));
    navigate('/login', { replace: true });
  });
  const weak = Boolean(fieldError(failure, 'password'));
  return (
    <Gate title={t('people.reset_title')}>
      <form
        className="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormRow label={t('people.me_new')} hint={t('people.password_hint')} error={weak ? sentence : null}>
          <Input.Password
            autoFocus
            value={password}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </FormRow>
        {sentence && !weak ? (
          <p className="row-error" role="alert">
            {sentence}　<Link to="/login?forgot">{t('people.reset_again')}</Link>
          </p>
        ) : null}
        <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={!password}>
          {t('people.reset_do')}
        </Button>
      </form>
    </Gate>
  );
}
