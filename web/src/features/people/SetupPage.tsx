import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiError, api, newKey } from '@/api/client';
import type { Session } from '@/api/types';
import { ErrorState } from '@/components/ErrorState';
import { words } from '@/lib/names';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { DemoLogins } from './DemoLogins';
import { enter } from './enter';
import { FormRow } from './FormRow';
import { Gate } from './Gate';
import { useSetup } from './LoginPage';

const EMPTY = { org_name: '', name: '', account: '', password: '', token: '' };

/** The sentence of the server for one field. */
export function fieldError(failure: unknown, field: string): string | null {
  if (!(failure instanceof ApiError)) return null;
  if (failure.field === field) return failure.message;
  const problem = failure.problems.find((one) => one.field === field);
  return problem ? words(problem) : null;
}

function TeamForm() {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState(newKey);
  const { busy, failure, submit, sentence } = useSubmit(async () => {
    const { token, ...body } = draft;
    try {
      const session = await api.post<Session>('/setup', token ? { ...body, token } : body, {
        idempotencyKey: key,
      });
      await enter(session);
      navigate('/import', { replace: true });
    } catch (refusal) {
      setKey(newKey());
      throw refusal;
    }
  });
  const need = (field: keyof typeof EMPTY, word: string) =>
    tried && !draft[field].trim() ? word : fieldError(failure, field);
  const input = (field: keyof typeof EMPTY, more = {}) => (
    <Input
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
      {...more}
    />
  );
  const wantsToken = failure instanceof ApiError && failure.status === 403;
  return (
    <form
      className="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (draft.org_name.trim() && draft.name.trim() && draft.account.trim() && draft.password)
          void submit();
      }}
    >
      <FormRow label={t('people.org_name')} error={need('org_name', t('people.need_org'))}>
        {input('org_name', { autoFocus: true, placeholder: t('people.org_name_hint') })}
      </FormRow>
      <FormRow label={t('people.your_name')} error={need('name', t('people.need_name'))}>
        {input('name', { autoComplete: 'name' })}
      </FormRow>
      <FormRow label={t('people.account')} error={need('account', t('people.need_account'))}>
        {input('account', { autoComplete: 'username' })}
      </FormRow>
      <FormRow
        label={t('people.password')}
        hint={t('people.password_hint')}
        error={need('password', t('people.need_password'))}
      >
        <Input.Password
          value={draft.password}
          autoComplete="new-password"
          onChange={(event) => setDraft({ ...draft, password: event.target.value })}
        />
      </FormRow>
      {wantsToken ? (
        <FormRow label={t('people.setup_token')} hint={t('people.setup_token_hint')}>
          {input('token')}
        </FormRow>
      ) : null}
      {sentence &&
      !(['org_name', 'name', 'account', 'password'] as const).some((field) => fieldError(failure, field)) ? (
        <p className="row-error" role="alert">
          {sentence}
        </p>
      ) : null}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t('people.setup_do')}
      </Button>
    </form>
  );
}

/** First run: look at the demo, or set up one's own team. */
export function SetupPage() {
  const setup = useSetup();
  if (setup.error) return <ErrorState failure={setup.error} retry={() => void setup.refetch()} />;
  if (!setup.data) return null;
  const { demo, needs_setup } = setup.data;
  const both = Boolean(demo && needs_setup);
  return (
    <Gate
      title={demo || !needs_setup ? t('people.setup_title') : t('people.team_title')}
      sub={demo && needs_setup ? t('people.setup_sub') : needs_setup ? t('people.team_hint') : undefined}
      wide={both}
    >
      <div className={both ? 'setup' : undefined}>
        {demo ? (
          <section>
            <h2>{t('people.demo_title')}</h2>
            <p className="second">{t('people.demo_hint')}</p>
            <DemoLogins logins={demo.logins} />
          </section>
        ) : null}
        {needs_setup ? (
          <section>
            {both ? <h2>{t('people.team_title')}</h2> : null}
            {both ? <p className="second">{t('people.team_hint')}</p> : null}
            <TeamForm />
          </section>
        ) : null}
      </div>
      <Link className="gate-other" to="/login?team">
        {t('people.team_exists')} · {t('people.login')}
      </Link>
    </Gate>
  );
}
