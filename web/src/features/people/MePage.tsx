import { Button, Input, Segmented, Select } from 'antd';
import {
  ChartColumn,
  ChevronRight,
  CircleQuestionMark,
  ClipboardList,
  FileUp,
  Inbox,
  LogOut,
  type LucideIcon,
  MessagesSquare,
  NotebookPen,
  ShieldCheck,
  UserRoundPlus,
} from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/client';
import { keep } from '@/api/keep';
import { queryClient } from '@/api/queries';
import type { ThemeChoice } from '@/api/types';
import { setLocale, setTheme, usePreferences } from '@/app/preferences';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { usePhone } from '@/lib/media';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { roleName } from '@/lib/roles';
import { forget } from '@/lib/store';
import { partsOf } from '@/lib/team-parts';
import { flushUndo } from '@/lib/undo';
import { useSubmit } from '@/lib/use-submit';
import { type Locale, t } from '@/locales';
import { CadenceRules } from './CadenceRules';
import { Devices } from './Devices';
import { FormRow } from './FormRow';
import { Notices } from './Notices';
import { Robot } from './Robot';
import { Section } from './Section';
import { StageLimits } from './StageLimits';
import { Team } from './Team';
import { Teams } from './Teams';
import { Tokens } from './Tokens';
import { WorkDays } from './WorkDays';
import './me.css';

function Profile() {
  const { member, org } = useMe();
  const [name, setName] = useState(member.name);
  const { busy, submit, sentence } = useSubmit(async () => {
    await keep({ name: name.trim() });
    say(t('common.saved'));
  });
  return (
    <Section title={t('people.me_profile')}>
      <form
        className="me-line"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormRow label={t('people.me_name')} error={sentence}>
          <Input value={name} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <Button htmlType="submit" loading={busy} disabled={!name.trim() || name.trim() === member.name}>
          {t('common.save')}
        </Button>
      </form>
      <dl className="me-facts">
        <dt>{t('people.me_account')}</dt>
        <dd>{member.account}</dd>
        <dt>{t('people.me_team')}</dt>
        <dd>{org.name}</dd>
        <dt>{t('people.me_department')}</dt>
        <dd>{member.department?.name ?? '—'}</dd>
        <dt>{t('people.me_roles')}</dt>
        <dd>{member.roles.map(roleName).join(t('common.list'))}</dd>
      </dl>
    </Section>
  );
}

const ZONES = [
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Dubai',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
];

function Look() {
  const { theme, locale } = usePreferences();
  const { member, org } = useMe();
  const tell = (change: Parameters<typeof keep>[0]) => void keep(change).catch(sayFailure);
  return (
    <Section title={t('people.me_look')}>
      <FormRow label={t('people.me_theme')}>
        <Segmented<ThemeChoice>
          value={theme}
          onChange={(next) => {
            setTheme(next);
            tell({ theme: next });
          }}
          options={[
            { value: 'system', label: t('shell.theme_system') },
            { value: 'light', label: t('shell.theme_light') },
            { value: 'dark', label: t('shell.theme_dark') },
          ]}
        />
      </FormRow>
      <FormRow label={t('people.me_locale')}>
        <Segmented<Locale>
          value={locale}
          onChange={(next) => {
            tell({ locale: next });
            void setLocale(next);
          }}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en-US', label: 'English' },
          ]}
        />
      </FormRow>
      <FormRow label={t('people.me_zone')}>
        <Select
          value={member.timezone ?? ''}
          onChange={(next) => tell({ timezone: next || null })}
          options={[
            { value: '', label: t('people.me_zone_org', { zone: org.timezone }) },
            ...ZONES.map((zone) => ({ value: zone, label: zone })),
          ]}
        />
      </FormRow>
    </Section>
  );
}

function Password() {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const { busy, submit, sentence } = useSubmit(async () => {
    await api.post('/session/password', { old, new: fresh });
    setOld('');
    setFresh('');
    say(t('people.me_password_done'));
  });
  return (
    <Section title={t('people.me_password')}>
      <form
        className="me-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormRow label={t('people.me_old')}>
          <Input.Password
            value={old}
            autoComplete="current-password"
            onChange={(event) => setOld(event.target.value)}
          />
        </FormRow>
        <FormRow label={t('people.me_new')} hint={t('people.password_hint')} error={sentence}>
          <Input.Password
            value={fresh}
            autoComplete="new-password"
            onChange={(event) => setFresh(event.target.value)}
          />
        </FormRow>
        <Button htmlType="submit" loading={busy} disabled={!old || !fresh}>
          {t('people.me_password_do')}
        </Button>
      </form>
    </Section>
  );
}

/** Ends the session and takes the last list off this device. */
function useLogout(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    flushUndo();
    try {
      await api.delete('/session');
    } catch (failure) {
      sayFailure(failure);
      return;
    }
    forget('today');
    forget('session');
    queryClient.clear();
    navigate('/login', { replace: true });
  };
}

/** On the phone: a place without a tab of its own. */
function Way({ to, icon: Icon, label }: { to: string; icon: LucideIcon; label: string }) {
  return (
    <Link className="me-link" to={to}>
      <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
      <span>{label}</span>
      <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
    </Link>
  );
}

export function MePage() {
  const logout = useLogout();
  const phone = usePhone();
  const { org, verbs } = useMe();
  const labels = useLabels();
  return (
    <>
      <TopBar bell title={t('people.me_title')} sentence={org.is_demo ? t('shell.demo') : null} />
      <div className="me">
        {phone ? (
          <>
            <Way to="/followups" icon={NotebookPen} label={t('records.title')} />
            {labels.ownTypes.length ? <Way to="/records" icon={ClipboardList} label={t('own.all')} /> : null}
            <Way to="/requests" icon={MessagesSquare} label={t('requests.title')} />
            {verbs.includes('approval.pass') ? (
              <Way to="/agenda" icon={Inbox} label={t('shell.agenda')} />
            ) : null}
            <Way to="/team" icon={ChartColumn} label={t('shell.targets')} />
            <Way to="/import" icon={FileUp} label={t('shell.import')} />
            <Way to="/help" icon={CircleQuestionMark} label={t('help.title')} />
          </>
        ) : null}
        {partsOf(verbs).length ? <Way to="/manage" icon={ShieldCheck} label={t('team.title')} /> : null}
        {verbs.includes('customer.take_up') ? (
          <Way to="/assign" icon={UserRoundPlus} label={t('ownership.me_title')} />
        ) : null}
        <div className="me-sheets">
          <Profile />
          <Teams />
          <Look />
          <Notices />
          <Password />
          <Devices />
          <Team />
          {verbs.includes('calendar.set') ? <WorkDays /> : null}
          {verbs.includes('stage.limit') ? <StageLimits /> : null}
          {verbs.includes('cadence.set') ? <CadenceRules /> : null}
          {verbs.includes('robot.set') ? <Robot /> : null}
          {verbs.includes('token.create') ? <Tokens /> : null}
        </div>
        <Button
          className="me-out"
          icon={<LogOut size={16} strokeWidth={1.6} />}
          onClick={() => void logout()}
        >
          {t('shell.logout')}
        </Button>
      </div>
    </>
  );
}
