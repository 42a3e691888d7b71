import { Button, Drawer, Input, Select } from 'antd';
import { ArrowRightLeft, KeyRound, LogOut, Power } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { useDepartments } from '@/api/queries';
import { refreshTeam, type TeamMember } from '@/api/team';
import type { Body, Invitation } from '@/api/types';
import { useMe } from '@/app/session';
import { Sure } from '@/components/Sure';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useRoles } from '@/lib/roles';
import { formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { type Key, t } from '@/locales';
import { CopyLine } from '../CopyLine';
import { FormRow } from '../FormRow';
import { departmentOptions } from './MembersTab';

function ResetLink({ row }: { row: TeamMember }) {
  const [made, setMade] = useState<Invitation | null>(null);
  const make = () => void api.post<Invitation>(`/members/${row.id}/reset-link`).then(setMade, sayFailure);
  if (!made)
    return (
      <button type="button" className="act" onClick={make}>
        <KeyRound size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('team.reset_link')}
      </button>
    );
  return (
    <CopyLine
      what={t('team.reset_made', { name: row.name, when: formatWhen(made.expires_at) })}
      text={made.link}
    />
  );
}

/** One member: name, department, roles; logins ended, handed over, switched off. */
export function MemberDrawer({ row, close }: { row: TeamMember; close: () => void }) {
  const phone = usePhone();
  const { member, verbs } = useMe();
  const departments = useDepartments();
  const roles = useRoles();
  const [name, setName] = useState(row.name);
  const [department, setDepartment] = useState(row.department_id);
  const [held, setHeld] = useState(row.roles);
  const own = row.id === member.id;
  const send = async (change: Body<'MemberIn'>, said: string) => {
    await api.patch(`/members/${row.id}`, change);
    refreshTeam();
    say(said);
    close();
  };
  const { busy, submit, sentence } = useSubmit(() => {
    const change: Body<'MemberIn'> = {};
    if (name.trim() !== row.name) change.name = name.trim();
    if (department !== row.department_id) change.department_id = department;
    if (held.join() !== row.roles.join()) change.roles = held;
    return send(change, t('common.saved'));
  });
  const changed =
    name.trim() !== row.name || department !== row.department_id || held.join() !== row.roles.join();
  const act = (run: Promise<unknown>) => void run.catch(sayFailure);
  const power = (said: Key) => act(send({ active: !row.active }, t(said, { name: row.name })));
  const signOut = () =>
    act(
      api.post<{ ended: number }>(`/members/${row.id}/sign-out`).then(({ ended }) => {
        say(t('team.signed_out', { name: row.name, n: ended }));
        refreshTeam();
        close();
      }),
    );
  return (
    <Drawer
      open
      title={row.name}
      onClose={close}
      size={phone ? '100%' : 440}
      footer={
        <div className="team-foot">
          <Button
            type="primary"
            loading={busy}
            disabled={!changed || !name.trim() || !held.length}
            onClick={() => void submit()}
          >
            {t('common.save')}
          </Button>
          <Button onClick={close}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <div className="me-form">
        <p className="second">
          {row.account}
          {row.last_login_at ? ` · ${t('team.session_since', { when: formatWhen(row.last_login_at) })}` : ''}
        </p>
        <FormRow label={t('people.me_name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <FormRow label={t('people.me_department')}>
          <Select
            value={department}
            onChange={setDepartment}
            labelRender={(one) => String(one.label).trim()}
            options={departmentOptions(departments.data?.items ?? [])}
          />
        </FormRow>
        <FormRow label={t('people.me_roles')} error={sentence} hint={t('team.roles_hint')}>
          <Select
            mode="multiple"
            value={held}
            onChange={setHeld}
            optionFilterProp="label"
            options={(roles.data ?? []).map((one) => ({ value: one.key, label: words(one) }))}
          />
        </FormRow>
        <div className="team-acts">
          {row.active && verbs.includes('member.reset_link') ? <ResetLink row={row} /> : null}
          {row.sessions && verbs.includes('member.sign_out') && !own ? (
            <Sure what={t('team.sign_out', { n: row.sessions })} run={signOut}>
              <LogOut size={15} strokeWidth={1.6} aria-hidden="true" />
              {t('team.sign_out', { n: row.sessions })}
            </Sure>
          ) : null}
          {verbs.includes('member.hand_over') && !own ? (
            <Link className="act" to={`/manage/members/${row.id}`}>
              <ArrowRightLeft size={15} strokeWidth={1.6} aria-hidden="true" />
              {t('team.hand_over')}
            </Link>
          ) : null}
          {own ? null : row.active ? (
            <Sure className="act verm" what={t('team.off')} run={() => power('team.off_done')}>
              <Power size={15} strokeWidth={1.6} aria-hidden="true" />
              {t('team.off')}
            </Sure>
          ) : (
            <button type="button" className="act" onClick={() => power('team.on_done')}>
              <Power size={15} strokeWidth={1.6} aria-hidden="true" />
              {t('team.on')}
            </button>
          )}
        </div>
        {row.active && !own ? <p className="meta">{t('team.off_hint')}</p> : null}
      </div>
    </Drawer>
  );
}
